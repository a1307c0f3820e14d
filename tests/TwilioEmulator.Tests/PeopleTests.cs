using Microsoft.Extensions.Options;
using Rapida.TwilioEmulator.Callees;

namespace Rapida.TwilioEmulator.Tests;

public sealed class PeopleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("emulator-people-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Whoever_is_called_says_the_recording_as_soon_as_there_is_one()
    {
        var wav = Path.Combine(_folder, "hello.wav");
        var people = new CalleeDirectory(Options.Create(new EmulatorOptions { CalleeWav = wav }));

        var before = people.Meet("+15551234567");
        File.WriteAllBytes(wav, EmulatorUnderTest.Wav(ServerSide.Tone(400)));
        var after = people.Meet("+15551234567");

        Assert.Equal(0, before.Character.Script.Frames);
        Assert.Equal(20, after.Character.Script.Frames);
        // As long as the talk takes.
        Assert.Null(after.Stays);
    }

    [Fact]
    public void The_configuration_knows_who_is_engaged_and_who_is_a_machine()
    {
        var people = new CalleeDirectory(Options.Create(new EmulatorOptions
        {
            Callees =
            {
                new() { PhoneNumber = "+15550100001", Outcome = CalleeOutcome.Busy },
                new() { PhoneNumber = "+15550100004", AnsweredBy = AnsweredBy.MachineStart },
            },
        }));

        Assert.Equal(CalleeOutcome.Busy, people.Meet("+15550100001").Outcome);
        Assert.Equal((CalleeOutcome.Answered, AnsweredBy.MachineStart), (people.Meet("+15550100004").Outcome, people.Meet("+15550100004").AnsweredBy));
        Assert.Equal(AnsweredBy.Human, people.Meet("+15551234567").AnsweredBy);
    }
}
