using System.Buffers;
using System.IO.Compression;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Shared;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Receiving;

/// <summary>F12: a message is charged with what it takes in memory, and rejected before it is parsed if that is too much.</summary>
public sealed class MessageCostTests
{
    private const long Allowed = 64 << 20;
    private const int Attempts = 5;

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(static bytes => bytes, static bytes => bytes);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F12_TwoMillionEmptySeedTopics_AreRejectedBeforeTheyAreParsed()
    {
        await using TestServer server = await TestServer.StartAsync();
        StartFitRequest request = new() { Corpus = "corpora/c", Model = "models/m", Settings = new FitSettings() };
        request.Settings.SeedTopicList.AddRange(Enumerable.Repeat(new FitSettings.Types.SeedTopic(), 2_000_000));
        byte[] message = request.ToByteArray();

        await RequireCheapAsync(async () =>
        {
            RpcException rejected = await Refusal.ExpectAsync(
                StatusCode.InvalidArgument, ErrorReasons.InvalidField, () => CallAsync(server, "FitService", "StartFit", message));
            Assert.Equal("settings.seed_topic_list: at most 500 elements, 2000000 given", rejected.Status.Detail);
        });
    }

    [Fact]
    public async Task F12_MillionsOfEmptyDocumentsInOneChunk_AreRejectedBeforeTheyAreParsed()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("c");
        await using IngestCall call = await IngestCall.OpenAsync(server, "c", "s");
        Document[] documents = [.. Enumerable.Repeat(new Document(), 1_000_000)];
        await call.SendAsync(0, documents);

        RpcException rejected = await Refusal.ExpectAsync(
            StatusCode.ResourceExhausted, ErrorReasons.InputTooLarge, () => call.ReadAckAsync());

        Assert.Contains("bytes of memory", rejected.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", 128 << 20)]
    [InlineData("deflate", 64 << 20)]
    public async Task F12_CompressedZeros_AreDecompressedUpToTheLimit(string encoding, int zeros)
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpClient client = new();
        byte[] packed = Compress(encoding, zeros);
        await RequireCheapAsync(async () =>
        {
            await using var call = RawCall.Open(client, server.Address, "FitService/StartFit", encoding);
            await call.SendAsync(packed, isCompressed: true);
            Assert.Equal((StatusCode.ResourceExhausted, ErrorReasons.InputTooLarge), await call.EndAsync());
        });
        await ReleasedAsync(server.Services.GetRequiredService<ReceiveBudget>());
    }

    [Fact]
    public async Task F12_CompressedMessage_IsAnsweredAndItsBytesAreReleased()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using HttpClient client = new();
        BatchPredictRequest request = new()
        {
            Selector = new ModelSelector { Model = "models/m" },
            Texts = { Enumerable.Range(0, 200).Select(static index => ThemedTexts.Text(index) + new string('x', 1000)) },
        };
        await using var call = RawCall.Open(client, server.Address, "PredictionService/BatchPredict", "gzip");
        await call.SendAsync(Compress("gzip", request.ToByteArray()), isCompressed: true);

        Assert.Equal((StatusCode.OK, string.Empty), await call.EndAsync());
        await ReleasedAsync(server.Services.GetRequiredService<ReceiveBudget>());
    }

    [Fact]
    public async Task F12_CompressedStream_EachMessageIsStoredAndItsBytesAreReleased()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("c");
        Metadata compressed = new() { { "grpc-internal-encoding-request", "gzip" } };
        using AsyncDuplexStreamingCall<IngestDocumentsRequest, IngestDocumentsResponse> call =
            server.Corpora.IngestDocuments(compressed, cancellationToken: Token);
        await call.RequestStream.WriteAsync(new IngestDocumentsRequest { Open = new() { Corpus = "corpora/c", SessionId = "s" } }, Token);
        for (int chunk = 0; chunk < 20; chunk++)
        {
            IngestDocumentsRequest.Types.Chunk documents = new() { Offset = 10 * chunk };
            documents.Documents.AddRange(Enumerable.Range(10 * chunk, 10).Select(static index => new Document
            {
                Id = FormattableString.Invariant($"d{index}"),
                Text = ThemedTexts.Text(index) + new string('x', 40_000),
            }));
            await call.RequestStream.WriteAsync(new IngestDocumentsRequest { Chunk = documents }, Token);
        }

        await call.RequestStream.WriteAsync(new IngestDocumentsRequest { Close = new() { TotalDocuments = 200 } }, Token);
        await call.RequestStream.CompleteAsync();
        while (await call.ResponseStream.MoveNext(Token))
        {
            // The acknowledgments are not needed.
        }

        GetCorpusResponse corpus = await server.Corpora.GetCorpusAsync(
            new GetCorpusRequest { Name = "corpora/c" }, cancellationToken: Token);
        Assert.Equal(200, corpus.Corpus.DocumentCount);
        await ReleasedAsync(server.Services.GetRequiredService<ReceiveBudget>());
    }

    [Fact]
    public async Task F12_DamagedCompressedMessage_IsMalformed()
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpClient client = new();
        byte[] packed = Compress("gzip", 100_000);
        packed[^20] ^= 0xFF;
        await using var call = RawCall.Open(client, server.Address, "FitService/StartFit", "gzip");
        await call.SendAsync(packed, isCompressed: true);

        Assert.Equal((StatusCode.InvalidArgument, ErrorReasons.InvalidField), await call.EndAsync());
        await ReleasedAsync(server.Services.GetRequiredService<ReceiveBudget>());
    }

    [Fact]
    public void F12_LargestCompressedMessage_TakesNoLargeArray()
    {
        const int Limit = 8 << 20;
        MethodRule rule = new("StartFit", Limit, IsStream: false);
        byte[] packed = Compress("gzip", Limit);

        using var message = DecompressedMessage.Of(new ReadOnlySequence<byte>(packed), Compression.Of("gzip")!, rule);

        Assert.Equal(Limit, message.Message.Length);
        Assert.Equal([0, 0, 0x80, 0, 0], message.Framed.Slice(0, 5).ToArray());
        foreach (ReadOnlyMemory<byte> block in message.Framed)
        {
            Assert.InRange(block.Length, 1, 64 << 10);
        }

        ServiceException tooLarge = Assert.Throws<ServiceException>(
            () => DecompressedMessage.Of(new ReadOnlySequence<byte>(Compress("gzip", Limit + 1)), Compression.Of("gzip")!, rule));
        Assert.Equal((StatusCode.ResourceExhausted, ErrorReasons.InputTooLarge), (tooLarge.Code, tooLarge.Reason));
    }

    [Fact]
    public async Task F12_RunningCall_IsChargedWithTheObjectsOfItsMessage()
    {
        await using TestServer server = await TestServer.FittedAsync();
        ReceiveBudget budget = server.Services.GetRequiredService<ReceiveBudget>();
        BatchPredictRequest request = new()
        {
            Selector = new ModelSelector { Model = "models/m" },
            Texts = { Enumerable.Range(0, 100).Select(static index => ThemedTexts.Text(index) + new string('x', 10_000)) },
        };
        server.Embedder.Hold();
        Task<BatchPredictResponse> answer = server.Predictions.BatchPredictAsync(request, cancellationToken: Token).ResponseAsync;
        await server.Embedder.SomebodyWaitsAsync(Token);

        long used = budget.Used;
        server.Embedder.Release();
        await answer;

        // A string takes two bytes for one of the message.
        Assert.InRange(used, 2 * 100 * 10_000, 3 * 100 * 10_000);
        await ReleasedAsync(budget);
    }

    [Fact]
    public async Task F12_UnknownFields_AreDiscarded()
    {
        await using TestServer server = await TestServer.StartAsync();
        using MemoryStream message = new();
        using (CodedOutputStream output = new(message, leaveOpen: true))
        {
            for (int number = 1000; number < 1_000_000; number++)
            {
                output.WriteTag(number, WireFormat.WireType.Varint);
                output.WriteUInt32(1);
            }
        }

        await RequireCheapAsync(() => Refusal.ExpectAsync(
            StatusCode.InvalidArgument, ErrorReasons.InvalidField, () => CallAsync(server, "FitService", "StartFit", message.ToArray())));
    }

    /// <summary>
    /// Requires that a call allocates no more than allowed. Other tests allocate at the same time, so one call of a few is enough.
    /// </summary>
    private static async Task RequireCheapAsync(Func<Task> call)
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && least > Allowed; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await call();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.InRange(least, 0, Allowed);
    }

    private static Task<byte[]> CallAsync(TestServer server, string service, string method, byte[] message) => server.Channel
        .CreateCallInvoker()
        .AsyncUnaryCall(
            new Method<byte[], byte[]>(MethodType.Unary, "topicgrpc.v1." + service, method, Bytes, Bytes),
            null,
            new CallOptions(cancellationToken: Token),
            message)
        .ResponseAsync;

    private static byte[] Compress(string encoding, int zeros) => Compress(encoding, new byte[zeros]);

    private static byte[] Compress(string encoding, byte[] bytes)
    {
        using MemoryStream packed = new();
        using (Stream compression = encoding == "gzip"
            ? new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)
            : new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            compression.Write(bytes);
        }

        return packed.ToArray();
    }

    private static async Task ReleasedAsync(ReceiveBudget budget)
    {
        while (budget.Used > 0)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
