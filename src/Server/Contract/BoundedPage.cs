using Google.Protobuf;

namespace TopicGrpc.Server.Contract;

/// <summary>
/// Takes a page from a list, bounded by number of items and by size, so that it stays below the default message limit of gRPC clients.
/// </summary>
internal static class BoundedPage
{
    /// <summary>Most bytes of a page, unless one item has more.</summary>
    public const int MaxBytes = 3 << 20;

    /// <summary>Takes items from a list.</summary>
    /// <param name="items">The whole list.</param>
    /// <param name="first">Index of the first item.</param>
    /// <param name="count">Highest number of items of the page.</param>
    /// <param name="map">Maps an item to a message.</param>
    /// <param name="page">Receives the messages, at least one unless the list is exhausted.</param>
    /// <returns>Index of the first item of the next page.</returns>
    public static int Take<TItem, TMessage>(
        IReadOnlyList<TItem> items,
        int first,
        int count,
        Func<TItem, TMessage> map,
        ICollection<TMessage> page)
        where TMessage : IMessage
    {
        int bytes = 0;
        int next = first;
        for (; next < items.Count && page.Count < count; next++)
        {
            TMessage message = map(items[next]);
            bytes += message.CalculateSize();
            if (bytes > MaxBytes && page.Count > 0)
            {
                break;
            }

            page.Add(message);
        }

        return next;
    }
}
