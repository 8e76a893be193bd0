using Google.Protobuf.Reflection;
using Grpc.Core;

namespace TopicGrpc.Server.Tests;

/// <summary>A call of any method from its descriptor, with the bytes of its messages.</summary>
internal static class DescriptorCall
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(static bytes => bytes, static bytes => bytes);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Calls a method and reads its response; of a stream that has no end, one message.</summary>
    /// <param name="invoker">The connection.</param>
    /// <param name="method">The method.</param>
    /// <param name="messages">Messages of the request; one unless the client streams.</param>
    /// <param name="patience">Time after which the call counts as hanging: DEADLINE_EXCEEDED.</param>
    /// <returns>The error; null for OK.</returns>
    public static async Task<RpcException?> RunAsync(CallInvoker invoker, MethodDescriptor method, byte[][] messages, TimeSpan patience)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Token);
        CallOptions options = new(cancellationToken: ended.Token);
        ended.CancelAfter(patience);
        try
        {
            switch (method)
            {
                case { IsClientStreaming: false, IsServerStreaming: false }:
                    await invoker.AsyncUnaryCall(Method(method, MethodType.Unary), null, options, messages[0]);
                    break;
                case { IsClientStreaming: false }:
                    using (AsyncServerStreamingCall<byte[]> call = invoker.AsyncServerStreamingCall(
                        Method(method, MethodType.ServerStreaming), null, options, messages[0]))
                    {
                        // A watch has no end, so one message is enough.
                        await call.ResponseStream.MoveNext(ended.Token);
                    }

                    break;
                case { IsServerStreaming: false }:
                    using (AsyncClientStreamingCall<byte[], byte[]> call = invoker.AsyncClientStreamingCall(
                        Method(method, MethodType.ClientStreaming), null, options))
                    {
                        await SendAsync(call.RequestStream, messages);
                        await call.ResponseAsync;
                    }

                    break;
                default:
                    using (AsyncDuplexStreamingCall<byte[], byte[]> call = invoker.AsyncDuplexStreamingCall(
                        Method(method, MethodType.DuplexStreaming), null, options))
                    {
                        await SendAsync(call.RequestStream, messages);
                        while (await call.ResponseStream.MoveNext(ended.Token))
                        {
                            // Only the status counts.
                        }
                    }

                    break;
            }

            return null;
        }
        catch (RpcException exception)
        {
            Token.ThrowIfCancellationRequested();
            return ended.IsCancellationRequested
                ? new RpcException(new Status(StatusCode.DeadlineExceeded, exception.Status.Detail))
                : exception;
        }
    }

    /// <summary>Sends messages until the server has answered.</summary>
    private static async Task SendAsync(IClientStreamWriter<byte[]> stream, byte[][] messages)
    {
        try
        {
            foreach (byte[] message in messages)
            {
                await stream.WriteAsync(message, Token);
            }

            await stream.CompleteAsync();
        }
        catch (Exception ended) when (ended is RpcException or InvalidOperationException)
        {
            // The status of the call says why.
        }
    }

    private static Method<byte[], byte[]> Method(MethodDescriptor method, MethodType type) =>
        new(type, method.Service.FullName, method.Name, Bytes, Bytes);
}
