using System.Diagnostics;
using Rapida.CallControl.Carriers.Twilio;
using Rapida.Testing;

namespace CallControl.Tests;

/// <summary>Our check beside that of npm's <c>twilio</c>, on requests that were signed well, nearly well and badly.</summary>
public sealed class SignaturePeerTests
{
    private const int Requests = 100_000;

    [Fact]
    public async Task We_believe_what_npm_s_twilio_believes_unless_it_had_to_rewrite_the_URL()
    {
        var random = new Random(4);
        var requests = Enumerable.Range(0, Requests).Select(_ => SignedRequest.Random(random)).ToList();

        var theirs = await AskPeerAsync(requests);

        Assert.Equal(Requests, theirs.Length);
        var believed = 0;
        for (var i = 0; i < Requests; i++)
        {
            var (request, theyBelieve) = (requests[i], theirs[i] == '1');
            var weBelieve = TwilioSignature.IsValid(new SigningKey(new(request.Token)), request.Url, request.Form, request.Signature);
            believed += weBelieve ? 1 : 0;
            if (weBelieve != theyBelieve)
                Assert.True(theyBelieve && request.IsOfRewrittenUrl, $"We: {weBelieve}, they: {theyBelieve}\n{request.ToJson()}");
        }

        Assert.InRange(believed, Requests / 4, Requests * 3 / 4);
    }

    private static async Task<string> AskPeerAsync(List<SignedRequest> requests)
    {
        var folder = Checkout.PathOf("tests/CallControl.Tests/npm");
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules", "twilio")), "npm's twilio is missing: `make test` installs it.");
        using var node = Process.Start(new ProcessStartInfo("node", ["validate.js"])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        var answer = node.StandardOutput.ReadToEndAsync();
        await using (var input = node.StandardInput)
        {
            foreach (var request in requests)
                await input.WriteLineAsync(request.ToJson());
        }

        await node.WaitForExitAsync();
        return await answer;
    }
}
