namespace Twilio.Base;

/// <summary>The parameters of a request for <typeparamref name="T"/>.</summary>
public interface IOptions<T> where T : Resource
{
    List<KeyValuePair<string, string>> GetParams();
}
