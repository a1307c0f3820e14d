extern alias relay;

using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Rapida.Conversations.V1;
using Rapida.Deployments.V1;
using Rapida.Media.V1;
using Rapida.Speech;
using Rapida.Testing;

namespace Benchmarks;

/// <summary>
/// The relay as its Program makes it, in this process, on real sockets. Only what lies behind it is faked in memory: CallControl, which lets every
/// stream in, Recording, which stores at once, and the speech engines.
/// </summary>
internal static class RelayPeers
{
    /// <summary>What the context ids of this benchmark are made with.</summary>
    public static readonly byte[] ContextKey = new byte[32];

    public static ServiceUnderTest<relay::Program> StartRelay() => new(
        "media",
        new ServiceKeys(),
        new Dictionary<string, string>
        {
            ["services:calls:grpc:0"] = "http://127.0.0.1:1",
            ["services:recordings:grpc:0"] = "http://127.0.0.1:1",
            ["services:vault:grpc:0"] = "http://127.0.0.1:1",
            ["Media:PublicUrl"] = "wss://media.example.com",
            ["Media:ContextKey"] = Convert.ToBase64String(ContextKey),
            ["MediaRelay:MaxStreams"] = "2000",
            // A machine that others use too may stall; this measures what calls cost and not when they are given up.
            ["MediaRelay:LostAfter"] = "00:01:00",
            ["MediaRelay:BlockedAfter"] = "00:01:00",
            ["MediaRelay:StartTimeout"] = "00:01:00",
        },
        services => services
            .AddSingleton<MediaContexts.MediaContextsClient>(new Calls())
            .AddSingleton<Journal.JournalClient>(new Recordings())
            .AddSingleton(Speech()));

    public static SpeechProviders Speech() => new([new Recogniser()], [new Model()], [new Voice()]);

    private sealed class Calls : MediaContexts.MediaContextsClient
    {
        private static readonly SessionSettings Settings = new()
        {
            AssistantId = "1",
            LanguageModel = new Provider { Name = "bench" },
            SpeechToText = new Provider { Name = "bench" },
            TextToSpeech = new Provider { Name = "bench" },
            Experience = new Experience { Greeting = "I speak until you stop me.", GreetingInterruptible = true, IdleRetries = 2 },
            Remaining = Duration.FromTimeSpan(TimeSpan.FromHours(1)),
        };

        public override AsyncUnaryCall<AuthoriseResponse> AuthoriseAsync(
            AuthoriseRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
            Answer(new AuthoriseResponse { Authorised = true, ProjectId = "project" });

        public override AsyncUnaryCall<ClaimResponse> ClaimAsync(
            ClaimRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
            Answer(new ClaimResponse { ProjectId = "project", CallId = request.CallSid, ConversationId = request.CallSid, Attempt = 1, Settings = Settings });

        public override AsyncUnaryCall<LeaveResponse> LeaveAsync(
            LeaveRequest request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
            Answer(new LeaveResponse());

        private static AsyncUnaryCall<T> Answer<T>(T answer) =>
            new(Task.FromResult(answer), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }

    private sealed class Recordings : Journal.JournalClient
    {
        public override AsyncDuplexStreamingCall<JournalEntry, JournalAck> Append(
            Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default)
        {
            var stream = new Stored();
            return new(stream, stream, Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
        }

        private sealed class Stored : IClientStreamWriter<JournalEntry>, IAsyncStreamReader<JournalAck>
        {
            private readonly Channel<(string Conversation, long Sequence)> _stored = Channel.CreateUnbounded<(string, long)>();

            public WriteOptions? WriteOptions { get; set; }

            // One for all: the benchmark's own allocations should not count as the relay's.
            public JournalAck Current { get; } = new() { Attempt = 1 };

            public Task WriteAsync(JournalEntry message)
            {
                _stored.Writer.TryWrite((message.ConversationId, message.Sequence));
                return Task.CompletedTask;
            }

            public Task CompleteAsync() => Task.CompletedTask;

            public async Task<bool> MoveNext(CancellationToken cancellationToken)
            {
                (Current.ConversationId, Current.StoredThrough) = await _stored.Reader.ReadAsync(cancellationToken);
                return true;
            }
        }
    }

    /// <summary>Hears something whenever somebody speaks.</summary>
    private sealed class Recogniser : ISpeechToText
    {
        public string Provider => "bench";

        public Task<ISpeechToTextSession> OpenAsync(SpeechSettings settings, CancellationToken cancellationToken) =>
            Task.FromResult<ISpeechToTextSession>(new Session());

        private sealed class Session : ISpeechToTextSession
        {
            public int SampleRate => 16_000;

            public string Partial => "go on with the story";

            public void StartUtterance(RecognitionHint hint)
            {
            }

            public void Push(ReadOnlySpan<short> samples)
            {
            }

            public Task<Transcript> FinishUtteranceAsync(CancellationToken cancellationToken) => Task.FromResult(new Transcript(Partial, 1));

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    private sealed class Model : ILanguageModel
    {
        public string Provider => "bench";

        public async IAsyncEnumerable<LanguageModelToken> RespondAsync(
            LanguageModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return new LanguageModelToken.Text("And I speak again.");
            await Task.CompletedTask;
        }
    }

    /// <summary>Never ends. 8 kHz, as voices for the telephone deliver.</summary>
    private sealed class Voice : ITextToSpeech
    {
        private static readonly SpeechChunk Sound = new(Tone(), 8_000);

        public string Provider => "bench";

        public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(
            string text, SpeechSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            while (!cancellationToken.IsCancellationRequested)
                yield return Sound;
            await Task.CompletedTask;
        }

        // One second.
        private static short[] Tone()
        {
            var samples = new short[8_000];
            for (var i = 0; i < samples.Length; i++)
                samples[i] = (short)(6_000 * Math.Sin(2 * Math.PI * 440 * i / 8_000));
            return samples;
        }
    }
}
