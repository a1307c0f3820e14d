using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Rapida.Testing;

/// <summary>Keeps every log line of a test. An Error that the test did not expect fails it.</summary>
public sealed class LogCapture : ILoggerProvider
{
    private readonly ConcurrentQueue<Line> _lines = new();
    private readonly ConcurrentDictionary<int, bool> _expected = new();

    /// <summary>One log line.</summary>
    public sealed record Line(LogLevel Level, EventId EventId, string Category, string Text, Exception? Exception);

    /// <summary>What is below is not kept: for tests that send so much that it would count.</summary>
    public LogLevel From { get; set; }

    /// <summary>Everything logged so far.</summary>
    public IReadOnlyCollection<Line> Lines => _lines;

    /// <summary>An Error with this id belongs to the test.</summary>
    public void Expect(int eventId) => _expected[eventId] = true;

    /// <summary>Fails when an Error was logged that was not expected.</summary>
    public void AssertNoErrors()
    {
        var errors = _lines
            .Where(line => line.Level >= LogLevel.Error && !_expected.ContainsKey(line.EventId.Id))
            .Select(line => $"{line.Category}: {line.Text} {line.Exception}")
            .ToList();
        // Whole lines: Assert.Empty would cut them.
        if (errors.Count > 0)
            Assert.Fail(string.Join(Environment.NewLine, errors));
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Logger(LogCapture capture, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= capture.From;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // Some log without asking.
            if (IsEnabled(logLevel))
                capture._lines.Enqueue(new(logLevel, eventId, category, formatter(state, exception), exception));
        }
    }
}
