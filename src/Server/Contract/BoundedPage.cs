using Google.Protobuf;

namespace TopicGrpc.Server.Contract;

/// <summary>Cuts a page out of a list by number and by size, so that it stays below what gRPC clients take by default.</summary>
internal static class BoundedPage
{
    private const int MaxBytes = 3 << 20;

    /// <summary>Takes items.</summary>
    /// <param name="items">The whole list.</param>
    /// <param name="first">Place of the first item.</param>
    /// <param name="count">Most items.</param>
    /// <param name="map">Item to message.</param>
    /// <param name="page">Gets the messages, at least one where an item is left.</param>
    /// <returns>Place of the first item of the next page.</returns>
    public static int Take<TItem, TMessage>(IReadOnlyList<TItem> items, int first, int count, Func<TItem, TMessage> map, ICollection<TMessage> page)
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
