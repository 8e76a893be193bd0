using Google.Protobuf;
using TopicGrpc.Shared.Content;

namespace TopicGrpc.Server.Contract;

/// <summary>Messages that may exceed what gRPC clients receive by default.</summary>
internal static class LargeMessage
{
    /// <summary>Cuts one page of a message, as <see cref="MessagePages.Cut"/>.</summary>
    /// <exception cref="Errors.ServiceException">The token comes from no page of this message.</exception>
    public static MessagePage<T> Cut<T>(T message, string key)
        where T : IMessage<T>, new()
    {
        try
        {
            return MessagePages.Cut(message, key);
        }
        catch (FormatException)
        {
            throw Paging.Malformed();
        }
    }
}
