using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Server.Tests.Transfers;
using TopicGrpc.Server.Transfers;
using TopicGrpc.Shared;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Receiving;

/// <summary>F10: a silent stream ends, and acquires nothing that others need.</summary>
public sealed class SilentStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CorpusService/IngestDocuments")]
    [InlineData("ModelService/ImportModel")]
    [InlineData("PredictionService/StreamPredict")]
    public async Task F10_StreamWithoutAMessage_EndsWithStreamIdle(string method)
    {
        await using TestServer server = await TestServer.StartAsync(("Receiving:StreamIdleTimeout", "00:00:00.300"));
        using HttpClient client = new();
        await using var call = RawCall.Open(client, server.Address, method);

        Assert.Equal((StatusCode.DeadlineExceeded, ErrorReasons.StreamIdle), await call.EndAsync());
    }

    [Fact]
    public async Task F10_OpenedIngestStreamThatSendsNothing_EndsWithStreamIdle()
    {
        FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
        await using TestServer server = await TestServer.StartAsync(clock, ("Receiving:StreamIdleTimeout", "00:01:00"));
        await server.CreateCorpusAsync("c");
        await using IngestCall call = await IngestCall.OpenAsync(server, "c", "s");

        Task ended = Refusal.ExpectAsync(StatusCode.DeadlineExceeded, ErrorReasons.StreamIdle, call.ReadAckAsync);
        while (!ended.IsCompleted)
        {
            Token.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        await ended;
    }

    [Fact]
    public async Task F10_ClientThatDoesNotRead_IsAborted()
    {
        await using TestServer server = await TestServer.FittedAsync(
            ("Receiving:StreamIdleTimeout", "00:00:00.500"), ("Embedding:StreamWindow", "1"));
        using AsyncDuplexStreamingCall<StreamPredictRequest, StreamPredictResponse> call = server.Predictions.StreamPredict(
            cancellationToken: Token);
        await call.RequestStream.WriteAsync(
            new StreamPredictRequest
            {
                Open = new()
                {
                    Selector = new ModelSelector { Model = "models/m" },
                    Options = new PredictOptions { IncludeProbabilities = true },
                },
            },
            Token);

        // Writes end only when the server has aborted the call, because nobody reads the answers.
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            for (int index = 0; ; index++)
            {
                await call.RequestStream.WriteAsync(new StreamPredictRequest { Item = new() { Text = ThemedTexts.Text(index) } }, Token);
            }
        });
        Assert.False(Token.IsCancellationRequested);
    }

    [Fact]
    public async Task F10_ImportsWithoutAHeader_TakeNoSlot()
    {
        using TempFolder folder = new();
        await using TestServer server = await TestServer.FittedAsync(("Models:MaxTransfers", "1"));
        using AsyncClientStreamingCall<ImportModelRequest, ImportModelResponse> silent = server.Models.ImportModel(
            cancellationToken: Token);
        await silent.RequestStream.WriteAsync(new ImportModelRequest { Chunk = new ModelFileChunk { FileName = "topics.json" } }, Token);

        await ModelFolder.ExportAsync(server.Models, "m", 1, folder.Path);

        Assert.NotEmpty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task F10_AllSlotsTaken_TheLongestSilentTransferLosesItsSlot()
    {
        using TempFolder folder = new();
        await using TestServer server = await TestServer.FittedAsync(("Models:MaxTransfers", "1"));
        await ModelFolder.ExportAsync(server.Models, "m", 1, folder.Path);
        using AsyncClientStreamingCall<ImportModelRequest, ImportModelResponse> silent = server.Models.ImportModel(
            cancellationToken: Token);
        await silent.RequestStream.WriteAsync(new ImportModelRequest { Header = ModelFolder.Describe(folder.Path, "silent") }, Token);
        TransferSlots slots = server.Services.GetRequiredService<TransferSlots>();
        while (slots.Used == 0)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        ModelVersion? version = null;
        while (version is null)
        {
            try
            {
                version = await ModelFolder.ImportAsync(server.Models, folder.Path, ModelFolder.Describe(folder.Path, "copy"));
            }
            catch (RpcException full) when (full.StatusCode == StatusCode.ResourceExhausted)
            {
                Token.ThrowIfCancellationRequested();
            }
        }

        Assert.Equal("models/copy/versions/1", version.Name);
        await Refusal.ExpectAsync(StatusCode.DeadlineExceeded, ErrorReasons.StreamIdle, () => silent.ResponseAsync);
    }

    [Fact]
    public async Task F10_StreamPredictWithoutAnItem_KeepsNoVersion()
    {
        await using TestServer server = await TestServer.FittedAsync();
        Fit second = await server.FitAsync(TestServer.FitRequest("news", "m", "stable"));
        using AsyncDuplexStreamingCall<StreamPredictRequest, StreamPredictResponse> silent = server.Predictions.StreamPredict(
            cancellationToken: Token);
        await silent.RequestStream.WriteAsync(
            new StreamPredictRequest { Open = new() { Selector = new ModelSelector { Model = "models/m", VersionNumber = 1 } } },
            Token);

        await server.Models.DeleteVersionAsync(new DeleteVersionRequest { Name = "models/m/versions/1" }, cancellationToken: Token);

        Assert.Equal(Fit.Types.State.Succeeded, second.State);
        await silent.RequestStream.WriteAsync(new StreamPredictRequest { Item = new() { Text = ThemedTexts.Text(1) } }, Token);
        RpcException gone = await Assert.ThrowsAsync<RpcException>(() => silent.ResponseStream.MoveNext(Token));
        Assert.Equal(StatusCode.NotFound, gone.StatusCode);
    }
}
