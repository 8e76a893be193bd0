using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace TopicGrpc.Client.Calls;

/// <summary>Reads lists and large messages page by page.</summary>
internal static class Paging
{
    /// <summary>Yields the items of all pages. Every page is a separate call with its own retries.</summary>
    /// <param name="read">Reads the page of a token; the token is empty for the first page.</param>
    /// <param name="items">Items of a page.</param>
    /// <param name="next">Token of the following page; empty on the last one.</param>
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

    /// <summary>Reads one message, which may be split into pages. Every page is a separate call with its own retries.</summary>
    /// <param name="read">Reads the page of a token; the token is empty for the first page.</param>
    /// <param name="message">The part of the message in a page.</param>
    /// <param name="next">Token of the following page; empty on the last one.</param>
    public static async Task<TMessage> MergeAsync<TPage, TMessage>(
        Func<string, Task<TPage>> read, Func<TPage, TMessage> message, Func<TPage, string> next)
        where TMessage : IMessage<TMessage>
    {
        TPage page = await read("").ConfigureAwait(false);
        TMessage whole = message(page);
        while (next(page) is { Length: > 0 } token)
        {
            page = await read(token).ConfigureAwait(false);
            whole.MergeFrom(message(page));
        }

        return whole;
    }
}
