using System.Diagnostics.CodeAnalysis;

namespace Rapida.ServiceDefaults.Problems;

/// <summary>Either the answer of a use case or the problem that its caller shall handle.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;
    private readonly Problem? _problem;

    private Result(T? value, Problem? problem) => (_value, _problem) = (value, problem);

    /// <summary>Takes the answer or the problem out.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Problem? problem)
    {
        (value, problem) = (_value, _problem);
        return problem is null;
    }

    /// <summary>The answer.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public T ValueOrThrow() => TryGet(out var value, out var problem) ? value : throw new ProblemException(problem);

    /// <summary>An answer.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A problem.</summary>
    public static implicit operator Result<T>(Problem problem) => new(default, problem);
}

/// <summary>Carries a <see cref="Problem"/> through a transport's pipeline; the interceptor and the exception handler turn it into an answer.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Code)
{
    /// <summary>The problem.</summary>
    public Problem Problem => problem;
}
