using Rapida.Call;
using Rapida.Call.BargeIn;
using Rapida.Call.Chaos;
using Rapida.Call.Dial;
using Rapida.Call.Load;
using Rapida.Call.Soak;

// make call: rings the running system through the emulated Twilio, prints the dialogue, and judges it. The last line is JSON.
using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(60));
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    var options = CallOptions.Parse(args);
    if (options.IsCompose)
        return Compose(options.DataFolder);
    if (options.IsLoad)
        return await LoadTest.RunAsync(options.Checkout, Path.Combine(options.DataFolder, "load"), stop.Token);
    if (options.Chaos is { } chaos)
    {
        // A system of its own: one of its services is killed again and again, and may hold more calls than others may.
        var folder = Path.Combine(options.DataFolder, "chaos");
        await using var own = await RunningSystem.StartAsync(options.Checkout, folder, ChaosTest.Settings, stop.Token);
        return await new ChaosTest(own, chaos, $"RAPIDA_DATA={folder}").RunAsync(stop.Token);
    }

    await using var system = await RunningSystem.FindOrStartAsync(options, stop.Token);
    if (options.Replay is { } replay)
        return await new Replay(system, options).RunAsync(replay, stop.Token);
    if (options.Dial is { } dial)
        return await new OutboundCall(system, dial, CallerRecording.Default(options.DataFolder), options.DataFolder).RunAsync(stop.Token);
    if (options.IsBargeIn)
        return await Demonstration.RunAsync(system, options.DataFolder, stop.Token);

    if (options.Soak is { } soak)
    {
        var number = await ScriptedLine.PrepareAsync(system, options.DataFolder, stop.Token);
        return await new SoakTest(system, number, CallerRecording.Default(options.DataFolder), soak, options.Checkout).RunAsync(stop.Token);
    }

    var recording = options.Wav is { } wav ? CallerRecording.Open(wav) : CallerRecording.Default(options.DataFolder);

    var call = await EmulatedCall.PlaceAsync(system, recording, options, stop.Token);
    var conversation = new Conversation(system, call.CallSid);
    await Task.WhenAll(call.FollowAsync(stop.Token), conversation.FollowAsync(call.Ended, stop.Token));

    var verdict = Verdict.Of(recording, await call.ReportAsync(stop.Token), await conversation.FinishAsync(options.DataFolder, stop.Token));
    Console.WriteLine(verdict.ToJson());
    return verdict.ExitCode;
}
catch (CallFailedException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped before the call was over.");
    return 1;
}

// Without the prompts whoever is called has nothing to say, and everything else works.
static int Compose(string dataFolder)
{
    try
    {
        Console.WriteLine(CallerRecording.Default(dataFolder).Wav);
    }
    catch (CallFailedException failure)
    {
        Console.Error.WriteLine(failure.Message);
    }

    return 0;
}
