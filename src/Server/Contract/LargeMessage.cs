using Google.Protobuf;
using TopicGrpc.Shared.Content;

namespace TopicGrpc.Server.Contract;

/// <summary>Pages of messages that may exceed the default message limit of gRPC clients.</summary>
internal static class LargeMessage
{
    /// <summary>Cuts one page of a message, as <see cref="MessagePages.Cut"/>.</summary>
    /// <exception cref="Errors.ServiceException">The token is not from a page of this message.</exception>
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
