using System.Runtime.CompilerServices;

namespace TopicGrpc.Client.Calls;

/// <summary>Reads a listing page by page.</summary>
internal static class Paging
{
    /// <summary>Yields the items of all pages; every page is a call of its own with its own retries.</summary>
    /// <param name="read">Reads the page of a token, empty for the first.</param>
    /// <param name="items">Items of a page.</param>
    /// <param name="next">Token of the page after; empty behind the last.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public static async IAsyncEnumerable<TItem> ReadAsync<TPage, TItem>(
        Func<string, CancellationToken, Task<TPage>> read,
        Func<TPage, IEnumerable<TItem>> items,
        Func<TPage, string> next,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string token = "";
        do
        {
            TPage page = await read(token, cancellationToken).ConfigureAwait(false);
            foreach (TItem item in items(page))
            {
                yield return item;
            }

            token = next(page);
        }
        while (token.Length > 0);
    }
}
