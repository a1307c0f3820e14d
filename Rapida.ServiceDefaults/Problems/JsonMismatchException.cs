using System.Text.Json;

namespace Rapida.ServiceDefaults.Problems;

/// <summary>Thrown by a converter of our own, which knows better than its type what may stand in its place.</summary>
/// <param name="expected">What follows "must be", such as <c>a string or a whole number</c>.</param>
public sealed class JsonMismatchException(string expected) : JsonException(expected);
