using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Rapida.TwilioEmulator.Accounts;

namespace Rapida.TwilioEmulator.Numbers;

/// <summary>Every number of every account: those of the configuration, and those bought through REST.</summary>
internal sealed class NumberDirectory
{
    private readonly ConcurrentDictionary<string, IncomingNumber> _numbers;
    private readonly SavedNumbers _saved;

    public NumberDirectory(IOptions<EmulatorOptions> options, TimeProvider clock)
    {
        _numbers = new(
            from account in options.Value.Accounts
            from number in account.Numbers.Concat(account.OwnedNumbers.Select(owned => new NumberOptions { PhoneNumber = owned }))
            select FromOptions(account, number, clock) into number
            select KeyValuePair.Create(number.Sid, number));
        _saved = new(options.Value.NumbersFile);
        foreach (var number in _saved.Read())
            _numbers[number.Sid] = number;
    }

    public IEnumerable<IncomingNumber> Of(Account account) =>
        _numbers.Values.Where(n => n.AccountSid == account.Sid).OrderBy(n => n.PhoneNumber, StringComparer.Ordinal);

    public IncomingNumber? Find(Account account, string sid) =>
        _numbers.TryGetValue(sid, out var number) && number.AccountSid == account.Sid ? number : null;

    /// <summary>Who is called at this number; <paramref name="accountSid"/> is only needed when two accounts hold it.</summary>
    public IncomingNumber? FindByPhoneNumber(string phoneNumber, string? accountSid) =>
        _numbers.Values.FirstOrDefault(n => n.PhoneNumber == phoneNumber && (accountSid is null || n.AccountSid == accountSid));

    public void Save(IncomingNumber number)
    {
        _numbers[number.Sid] = number;
        _saved.Write(number);
    }

    private static IncomingNumber FromOptions(AccountOptions account, NumberOptions number, TimeProvider clock) =>
        new(number.Sid ?? Sid.For("PN", account.Sid + number.PhoneNumber), account.Sid, number.PhoneNumber, clock.GetUtcNow())
        {
            FriendlyName = number.FriendlyName ?? number.PhoneNumber,
            VoiceUrl = number.VoiceUrl,
            VoiceMethod = number.VoiceMethod,
            VoiceFallbackUrl = number.VoiceFallbackUrl,
            VoiceFallbackMethod = number.VoiceFallbackMethod,
            StatusCallback = number.StatusCallback,
            StatusCallbackMethod = number.StatusCallbackMethod,
        };
}
