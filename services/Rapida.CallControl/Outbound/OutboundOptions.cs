using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Rapida.CallControl.Capacity;

namespace Rapida.CallControl.Outbound;

/// <summary>How calls are placed. What a project may hold at once stands in <see cref="CapacityOptions"/>: it is the same for calls in and out.</summary>
internal sealed class OutboundOptions
{
    public const string Section = "Calls:Outbound";

    /// <summary>Calls are taken in and none is dialled, until this is taken back.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Calls that wait to be dialled, of one project. The next is refused with 429.</summary>
    [Range(1, 1_000_000)]
    public int QueueLength { get; set; } = 10_000;

    /// <summary>A call that could not be dialled for so long has failed.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the other telephone rings, in whole seconds. Twilio may add five.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan RingTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many requests an instance has open with Twilio. The next call waits.</summary>
    [Range(1, 1_000)]
    public int MaxDialling { get; set; } = 32;

    /// <summary>
    /// What one number of a project may begin and hold. A number belongs to one account, and that to one project as a rule; two projects that show the same
    /// are counted apart.
    /// </summary>
    [ValidateObjectMembers]
    public Allowance Number { get; } = new() { ConcurrentCalls = 100, CallsPerSecond = 5, Burst = 10 };

    /// <summary>For how long an unknown dial is looked for in Twilio's book.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "01:00:00")]
    public TimeSpan SettleWithin { get; set; } = TimeSpan.FromMinutes(2);
}

[OptionsValidator]
internal sealed partial class OutboundOptionsValidator : IValidateOptions<OutboundOptions>;
