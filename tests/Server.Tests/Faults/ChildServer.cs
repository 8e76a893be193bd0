using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>A server with the fake encoder in a process of its own, which a test can kill.</summary>
internal sealed class ChildServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly GrpcChannel _channel;

    private ChildServer(Process process, string address)
    {
        _process = process;
        _channel = GrpcChannel.ForAddress(address);
    }

    public CorpusService.CorpusServiceClient Corpora => new(_channel);

    public FitService.FitServiceClient Fits => new(_channel);

    public ModelService.ModelServiceClient Models => new(_channel);

    public PredictionService.PredictionServiceClient Predictions => new(_channel);

    public ServerService.ServerServiceClient Server => new(_channel);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="data">Data folder.</param>
    /// <param name="limits">Shell commands that limit the process, such as <c>ulimit -f 100;</c>; empty for none.</param>
    /// <param name="options">Options of the server as key=value.</param>
    public static async Task<ChildServer> StartAsync(string data, string limits = "", string options = "")
    {
        string program = Path.Combine(AppContext.BaseDirectory, "TopicGrpc.ChildServer");
        var process = Process.Start(new ProcessStartInfo("bash", ["-c", $"{limits} exec '{program}' '{data}' {options}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        string? address = await process.StandardOutput.ReadLineAsync(Token);
        Assert.NotNull(address);
        return new ChildServer(process, address);
    }

    /// <summary>Ends the process at once (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(Token);
        _channel.Dispose();
    }

    /// <summary>Stores documents from an offset of a session.</summary>
    /// <returns>The session's next offset: the documents before it are acknowledged.</returns>
    public async Task<long> IngestAsync(
        string corpus,
        string session,
        IReadOnlyList<Document> documents,
        CancellationToken cancellationToken)
    {
        using AsyncDuplexStreamingCall<IngestDocumentsRequest, IngestDocumentsResponse> call =
            Corpora.IngestDocuments(cancellationToken: cancellationToken);
        await call.RequestStream.WriteAsync(
            new IngestDocumentsRequest { Open = new() { Corpus = "corpora/" + corpus, SessionId = session } }, cancellationToken);
        Assert.True(await call.ResponseStream.MoveNext(cancellationToken));
        long offset = call.ResponseStream.Current.Opened.Session.NextOffset;
        if (offset < documents.Count)
        {
            await call.RequestStream.WriteAsync(
                new IngestDocumentsRequest { Chunk = new() { Offset = offset, Documents = { documents.Skip((int)offset) } } },
                cancellationToken);
            Assert.True(await call.ResponseStream.MoveNext(cancellationToken));
            offset = call.ResponseStream.Current.Ack.CommittedOffset;
        }

        return offset;
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
