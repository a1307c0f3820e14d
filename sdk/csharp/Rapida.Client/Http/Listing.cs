using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Rapida.Client.Http;

/// <summary>Lists that are longer than an answer.</summary>
internal static class Listing
{
    /// <param name="pathOf">What is asked for, given the token of the page.</param>
    public static IAsyncEnumerable<T> EachAsync<TAnswer, T>(
        Transport transport, Func<string?, string> pathOf, JsonTypeInfo<TAnswer> kind, Func<TAnswer, Page<T>> pageOf, CancellationToken cancellationToken) =>
        EachAsync(
            async (pageToken, token) => pageOf(await transport.GetAsync(pathOf(pageToken), kind, token).ConfigureAwait(false)), cancellationToken);

    public static async IAsyncEnumerable<T> EachAsync<T>(
        Func<string?, CancellationToken, Task<Page<T>>> fetch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string? token = null; ;)
        {
            var page = await fetch(token, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
                yield return item;
            if (page.NextPageToken is null)
                yield break;
            if (page.NextPageToken == token)
                throw new RapidaException("The list does not come to its end: a page names itself as the next.");
            token = page.NextPageToken;
        }
    }
}
