using Google.Protobuf;
using Grpc.Core;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Receiving;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// Parses request messages. A malformed message is INVALID_ARGUMENT, and a message that is too large is RESOURCE_EXHAUSTED; each makes one
/// log line without a stack trace. Unknown fields are discarded: kept, each would take many times its bytes.
/// </summary>
internal sealed class MessageParsing(MethodRules rules, CallMonitor monitor)
{
    /// <summary>Returns the method with a checked request marshaller.</summary>
    public Method<TRequest, TResponse> Check<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        MethodRule rule = rules.Of(method.FullName);
        MessageParser parser = ((IMessage)Activator.CreateInstance<TRequest>()).Descriptor.Parser.WithDiscardUnknownFields(true);
        Marshaller<TRequest> marshaller = new(
            method.RequestMarshaller.ContextualSerializer,
            context => (TRequest)Parse(parser, context, rule));
        return new Method<TRequest, TResponse>(method.Type, method.ServiceName, method.Name, marshaller, method.ResponseMarshaller);
    }

    private IMessage Parse(MessageParser parser, DeserializationContext context, MethodRule rule)
    {
        if (context.PayloadLength > rule.MaxMessageBytes)
        {
            throw Ended(CallFault.MessageTooLarge(rule.Name, rule.MaxMessageBytes, context.PayloadLength));
        }

        try
        {
            return parser.ParseFrom(context.PayloadAsReadOnlySequence());
        }
        catch (Exception malformed) when (malformed is not (OutOfMemoryException or OperationCanceledException))
        {
            throw Ended(CallFault.MessageMalformed(rule.Name));
        }

        RpcException Ended(ServiceException failure)
        {
            monitor.Ended(rule.Name, failure);

            // Unary messages are parsed before the interceptors run, so the status is made here.
            return StatusMapping.ToRpc(failure);
        }
    }
}
