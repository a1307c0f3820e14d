using System.Text;

namespace Benchmarks;

/// <summary>Ten seconds of a caller as Twilio sends them, from <c>connected</c> to <c>stop</c>: a file of one message a line, the same bytes for us and for a peer.</summary>
internal static class TwilioRecording
{
    public const int Frames = 500;

    private const int FramesPerMark = 10;
    private const string StreamSid = "MZ00000000000000000000000000000001";

    private static string PathIn(string root) => Path.Combine(root, "artifacts/benchmarks/twilio-stream.jsonl");

    public static void Write(string root)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathIn(root))!);
        File.WriteAllText(PathIn(root), string.Join('\n', Messages()) + "\n");
    }

    public static byte[][] Read(string root) => [.. File.ReadLines(PathIn(root)).Select(Encoding.UTF8.GetBytes)];

    private static IEnumerable<string> Messages()
    {
        var (noise, audio, sequence) = (new Random(23), new byte[160], 0);
        yield return """{"event":"connected","protocol":"Call","version":"1.0.0"}""";
        yield return $$$"""{"event":"start","sequenceNumber":"{{{++sequence}}}","start":{"accountSid":"AC1","streamSid":"{{{StreamSid}}}","callSid":"CA1","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},"customParameters":{}},"streamSid":"{{{StreamSid}}}"}""";
        for (var frame = 1; frame <= Frames; frame++)
        {
            noise.NextBytes(audio);
            // Even steps, which Twilio's are not: at each that is too long the peer would add silence.
            yield return $$$"""{"event":"media","sequenceNumber":"{{{++sequence}}}","media":{"track":"inbound","chunk":"{{{frame}}}","timestamp":"{{{135 + (frame * 20)}}}","payload":"{{{Convert.ToBase64String(audio)}}}"},"streamSid":"{{{StreamSid}}}"}""";
            if (frame % FramesPerMark == 0)
                yield return $$$"""{"event":"mark","sequenceNumber":"{{{++sequence}}}","streamSid":"{{{StreamSid}}}","mark":{"name":"0:{{{frame / FramesPerMark}}}"}}""";
        }

        yield return $$$"""{"event":"stop","sequenceNumber":"{{{++sequence}}}","streamSid":"{{{StreamSid}}}","stop":{"accountSid":"AC1","callSid":"CA1"}}""";
    }
}
