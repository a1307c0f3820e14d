using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>What a person sees: every line of every process, with its name in front, in one stream.</summary>
internal sealed class LogStream(DistributedApplicationModel model)
{
    public const string Reset = "\e[0m", Bold = "\e[1m", Dim = "\e[2m", Red = "\e[31m", Green = "\e[32m", Yellow = "\e[33m";

    private const string OurName = "apphost";

    // Cyan, yellow, green, magenta, blue, then their bright sisters: readable on dark and light; red is for errors.
    private static readonly int[] Palette = [36, 33, 32, 35, 34, 96, 93, 92, 95, 94];

    private readonly Lock _gate = new();
    private readonly TextWriter _output = Console.Out;

    public bool IsColoured { get; } = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public void Say(string line) => Write(OurName, line, Bold);

    public void Warn(string line) => Write(OurName, line, Red);

    public void Write(string name, string line, string style = "")
    {
        var width = Math.Max(OurName.Length, model.Resources.Select(resource => resource.Name.Length + (resource.GetReplicaCount() > 1 ? 2 : 0)).DefaultIfEmpty().Max());
        var prefix = Paint($"\e[{ColourOf(name)}m", name.PadRight(width) + " │");
        lock (_gate) _output.WriteLine($"{prefix} {(style.Length == 0 ? line : Paint(style, line))}");
    }

    public void WriteBlock(string text)
    {
        lock (_gate) _output.Write(text);
    }

    public string Paint(string style, string text) => IsColoured ? style + text + Reset : text;

    private int ColourOf(string name)
    {
        var index = model.Resources.ToList().FindIndex(resource => name == resource.Name || name.StartsWith(resource.Name + "-", StringComparison.Ordinal));
        return index < 0 ? 37 : Palette[index % Palette.Length];
    }
}

/// <summary>The AppHost's own log lines go into the same stream.</summary>
internal sealed class LogStreamProvider(LogStream stream) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new StreamLogger(stream);

    public void Dispose()
    {
    }

    private sealed class StreamLogger(LogStream stream) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = exception is null ? formatter(state, null) : $"{formatter(state, exception)}\n{exception}";
            foreach (var line in text.Split('\n'))
            {
                if (logLevel >= LogLevel.Warning) stream.Warn(line);
                else stream.Say(line);
            }
        }
    }
}
