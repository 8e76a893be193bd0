using System.Globalization;
using Google.Protobuf;
using TopicGrpc.V1;

namespace TopicGrpc.Shared.Content;

/// <summary>
/// Cuts a message into pages that every gRPC client accepts by default. The first page is the message without its large lists; the
/// following pages hold the elements of these lists. Merging all pages in order (<c>MergeFrom</c>) gives the message.
/// </summary>
internal static class MessagePages
{
    /// <summary>Largest message in one page, and target size of a page; gRPC clients receive at most 4 MiB by default.</summary>
    public const int MaxBytes = 3 << 20;

    // A list is left out by its own size, never by that of the rest: the rest may change between two pages, such as the state of a fit.
    private const int SmallListBytes = 64 << 10;

    /// <summary>Cuts one page.</summary>
    /// <typeparam name="T">Type of the message.</typeparam>
    /// <param name="message">The whole message; the first page takes it over and changes it.</param>
    /// <param name="token">Token from the page before; empty for the first page.</param>
    /// <exception cref="FormatException">The token comes from no page of this message.</exception>
    public static MessagePage<T> Cut<T>(T message, string token)
        where T : IMessage<T>, new()
    {
        if (token.Length > 0)
        {
            return Following(message, token);
        }

        if (message.CalculateSize() <= MaxBytes)
        {
            return new MessagePage<T>(message, [], string.Empty);
        }

        MessageList[] large = Large(message);
        OmittedList[] omitted = [.. large.Select(static list => new OmittedList { Path = list.Path, Count = list.Count })];
        foreach (MessageList list in large)
        {
            list.Clear();
        }

        return new MessagePage<T>(message, omitted, large.Length == 0 ? string.Empty : Token(0, 0));
    }

    private static MessagePage<T> Following<T>(T message, string token)
        where T : IMessage<T>, new()
    {
        MessageList[] lists = Large(message);
        (int list, int element) = Parse(token);
        if (list >= lists.Length || element >= lists[list].Count)
        {
            throw new FormatException("The token is behind the last page.");
        }

        T page = new();
        long bytes = 0;
        while (list < lists.Length && bytes < MaxBytes)
        {
            (int count, long appended) = lists[list].Append(page, element, MaxBytes - bytes, atLeastOne: bytes == 0);
            bytes += appended;
            element += count;
            if (element < lists[list].Count)
            {
                return new MessagePage<T>(page, [], Token(list, element));
            }

            list++;
            element = 0;
        }

        return new MessagePage<T>(page, [], list < lists.Length ? Token(list, 0) : string.Empty);
    }

    private static MessageList[] Large(IMessage message) => [.. MessageList.Of(message).Where(static list => list.Bytes > SmallListBytes)];

    private static string Token(int list, int element) => string.Create(CultureInfo.InvariantCulture, $"{list}-{element}");

    private static (int List, int Element) Parse(string token)
    {
        int dash = token.IndexOf('-', StringComparison.Ordinal);
        return dash > 0
            && int.TryParse(token.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out int list)
            && int.TryParse(token.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int element)
            ? (list, element)
            : throw new FormatException("A page token has another form.");
    }
}
