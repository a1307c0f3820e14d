namespace Twilio.Base;

/// <summary>The parameters of a list.</summary>
public abstract class ReadOptions<T> : IOptions<T> where T : Resource
{
    private long? _pageSize;
    private long? _limit;

    /// <summary>Records in one answer, 1 to 1000; 50 when not set.</summary>
    public long? PageSize
    {
        get => _pageSize;
        set => _pageSize = value ?? _pageSize;
    }

    /// <summary>Records in all. Where no page size is set it is that too.</summary>
    public long? Limit
    {
        get => _limit;
        set
        {
            _limit = value ?? _limit;
            _pageSize ??= value;
        }
    }

    public abstract List<KeyValuePair<string, string>> GetParams();
}
