using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>A server with the fake encoder in a process of its own, which a test can kill.</summary>
internal sealed class ChildServer : IAsyncDisposable
{
    // 128 and the number of SIGKILL.
    private const int KilledExitCode = 137;

    private readonly Process _process;
    private readonly GrpcChannel _channel;

    private ChildServer(Process process, string address)
    {
        _process = process;
        Address = new Uri(address);
        _channel = GrpcChannel.ForAddress(address);
    }

    public Uri Address { get; }

    public CorpusService.CorpusServiceClient Corpora => new(_channel);

    public FitService.FitServiceClient Fits => new(_channel);

    public ModelService.ModelServiceClient Models => new(_channel);

    public PredictionService.PredictionServiceClient Predictions => new(_channel);

    public TopicService.TopicServiceClient Topics => new(_channel);

    public ServerService.ServerServiceClient Server => new(_channel);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Program => Path.Combine(AppContext.BaseDirectory, "TopicGrpc.ChildServer");

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="data">Data folder.</param>
    /// <param name="limits">Shell commands that limit the process, such as <c>ulimit -f 100;</c>; empty for none.</param>
    /// <param name="options">Options of the server as key=value.</param>
    public static async Task<ChildServer> StartAsync(string data, string limits = "", string options = "")
    {
        ChildServer? server = await TryStartAsync(data, limits, options);
        Assert.NotNull(server);
        return server;
    }

    /// <summary>Starts a server and waits until it answers, or until its process has ended.</summary>
    /// <returns>Null if the process has ended.</returns>
    public static async Task<ChildServer?> TryStartAsync(string data, string limits = "", string options = "")
    {
        Process process = Run($"{limits} exec '{Program}' '{data}' {options}");
        string? address = await process.StandardOutput.ReadLineAsync(Token);
        if (address is not null)
        {
            return new ChildServer(process, address);
        }

        await process.WaitForExitAsync(Token);
        process.Dispose();
        return null;
    }

    /// <summary>Fits documents in a process whose garbage-collected heap is limited.</summary>
    /// <param name="folder">Folder of scratch files.</param>
    /// <param name="documents">Number of documents.</param>
    /// <param name="heapBytes">Limit of the heap.</param>
    /// <returns>Number of topics; null if the process failed.</returns>
    public static async Task<int?> FitAsync(string folder, int documents, long heapBytes)
    {
        using Process process = Run(
            FormattableString.Invariant($"DOTNET_GCHeapHardLimit={heapBytes:x} exec '{Program}' --fit '{folder}' {documents} 2>/dev/null"));
        string output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return process.ExitCode == 0 ? int.Parse(output, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Opens the database of a data folder in a process that is killed when SQLite starts a statement.</summary>
    /// <param name="data">Data folder.</param>
    /// <param name="statement">Text of the statement.</param>
    /// <returns>Whether the process was killed.</returns>
    public static async Task<bool> KillUpgradeAsync(string data, string statement)
    {
        using Process process = Run($"exec '{Program}' --upgrade '{data}' '{statement}'");
        await process.WaitForExitAsync(Token);
        return process.ExitCode == KilledExitCode;
    }

    /// <summary>Waits until the process has ended.</summary>
    public Task EndAsync() => _process.WaitForExitAsync(Token);

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

    private static Process Run(string command) => Process.Start(new ProcessStartInfo("bash", ["-c", command])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;
}
