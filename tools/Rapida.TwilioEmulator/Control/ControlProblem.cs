namespace Rapida.TwilioEmulator.Control;

/// <summary>Why a request of the emulator's own API is refused: problem details with a code and a sentence.</summary>
internal static class ControlProblem
{
    public static IResult Of(int status, string code, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });

    public static IResult Of(InvalidCallException invalid) => Of(StatusCodes.Status400BadRequest, invalid.Code, invalid.Message);
}
