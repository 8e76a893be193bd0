using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TopicGrpc.Server.Tests.Diagnostics;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Receiving;

/// <summary>F17: what Protobuf cannot parse is INVALID_ARGUMENT with a reason, for every kind of method, and makes one log line.</summary>
public sealed class MalformedMessageTests
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(static bytes => bytes, static bytes => bytes);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[]> Messages() => new()
    {
        { "invalid UTF-8", [0x0A, 2, 0xC3, 0x28] },
        { "lone surrogate", [0x0A, 3, 0xED, 0xA0, 0x80] },
        { "length beyond the end", [0x0A, 100, 1] },
        { "negative length", [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1] },
        { "endless varint", [.. Enumerable.Repeat((byte)0xFF, 20)] },
        { "field number 0", [0x00, 0x01] },
        { "wire type 7", [0x0F, 0x01] },
        { "end of a group that did not start", [0x0C] },
        { "groups nested 20,000 deep", [.. Enumerable.Repeat((byte)0x0B, 20_000)] },
        { "text", Encoding.UTF8.GetBytes("GET / HTTP/1.1") },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task F17_MalformedMessage_IsInvalidArgumentWithOneLogLine(string what, byte[] message)
    {
        Assert.NotEmpty(what);
        using Listeners listeners = new();
        await using TestServer server = await TestServer.StartAsync(("Logging:LogLevel:Default", "Information"));
        server.Services.GetRequiredService<ILoggerFactory>().AddProvider(listeners);
        CallInvoker invoker = server.Channel.CreateCallInvoker();
        CallOptions options = new(cancellationToken: Token);

        RpcException unary = await ExpectAsync(
            () => invoker.AsyncUnaryCall(Method(MethodType.Unary, "CorpusService", "GetCorpus"), null, options, message).ResponseAsync);
        await ExpectAsync(async () =>
        {
            using AsyncServerStreamingCall<byte[]> call = invoker.AsyncServerStreamingCall(
                Method(MethodType.ServerStreaming, "FitService", "WatchFit"), null, options, message);
            await call.ResponseStream.MoveNext(Token);
        });
        await ExpectAsync(async () =>
        {
            using AsyncClientStreamingCall<byte[], byte[]> call = invoker.AsyncClientStreamingCall(
                Method(MethodType.ClientStreaming, "ModelService", "ImportModel"), null, options);
            await call.RequestStream.WriteAsync(message, Token);
            await call.ResponseAsync;
        });
        await ExpectAsync(async () =>
        {
            using AsyncDuplexStreamingCall<byte[], byte[]> call = invoker.AsyncDuplexStreamingCall(
                Method(MethodType.DuplexStreaming, "CorpusService", "IngestDocuments"), null, options);
            await call.RequestStream.WriteAsync(message, Token);
            await call.ResponseStream.MoveNext(Token);
        });

        Assert.Equal(["message"], Refusal.Fields(unary));
        string[] lines = [.. listeners.Told.Where(static told => told.Contains("ended with INVALID_FIELD", StringComparison.Ordinal))];
        Assert.Equal(4, lines.Length);
        Assert.All(lines, static line => Assert.DoesNotContain("   at ", line, StringComparison.Ordinal));
        Assert.DoesNotContain(
            listeners.Told, static told => told.Contains("Error when executing service method", StringComparison.Ordinal));
    }

    [Fact]
    public async Task F17_UnknownFields_AreIgnored()
    {
        await using TestServer server = await TestServer.StartAsync();
        byte[] message = [.. new GetServerInfoRequest().ToByteArray(), 0xF8, 0x3F, 1];

        byte[] response = await server.Channel.CreateCallInvoker()
            .AsyncUnaryCall(
                Method(MethodType.Unary, "ServerService", "GetServerInfo"), null, new CallOptions(cancellationToken: Token), message);

        Assert.NotEmpty(GetServerInfoResponse.Parser.ParseFrom(response).ServerVersion);
    }

    private static Task<RpcException> ExpectAsync(Func<Task> call) =>
        Refusal.ExpectAsync(StatusCode.InvalidArgument, ErrorReasons.InvalidField, call);

    private static Method<byte[], byte[]> Method(MethodType type, string service, string name) =>
        new(type, "topicgrpc.v1." + service, name, Bytes, Bytes);
}
