using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Rapida.Gateway.Limits;

/// <summary>What one request may weigh, and how slowly it may come.</summary>
internal sealed class LimitsOptions
{
    public const string Section = "Gateway:Limits";

    /// <summary>Bytes of a body. A larger one is refused with 413, and no service sees the end of it.</summary>
    [Range(1_024, 64 * 1_048_576)]
    public int MaxBodyBytes { get; set; } = 256 * 1_024;

    /// <summary>Bytes of method, target and version. A longer line is refused with 414. Twilio's GET has all its fields in there.</summary>
    [Range(1_024, 65_536)]
    public int MaxRequestLineBytes { get; set; } = 8 * 1_024;

    /// <summary>Bytes of all headers. More are refused with 431.</summary>
    [Range(1_024, 65_536)]
    public int MaxHeaderBytes { get; set; } = 16 * 1_024;

    /// <summary>Lines of headers. More are refused with 431.</summary>
    [Range(10, 200)]
    public int MaxHeaders { get; set; } = 64;

    /// <summary>How long the headers may take. Then the answer is 408, and the connection is closed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan HeadersWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How slowly a body may come and an answer be taken, in bytes a second, measured after <see cref="SlowFor"/>. A slower sender is told 408,
    /// a slower reader is cut off.
    /// </summary>
    [Range(1, 1_048_576)]
    public int MinBytesPerSecond { get; set; } = 240;

    /// <summary>How long anyone may be slow: a lost packet is not yet an attack.</summary>
    [Range(typeof(TimeSpan), "00:00:01.1", "00:01:00")] // Kestrel measures once a second.
    public TimeSpan SlowFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a service may be silent. Then the answer is 504. Twilio waits 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(15);
}

[OptionsValidator]
internal sealed partial class LimitsOptionsValidator : IValidateOptions<LimitsOptions>;
