using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TopicGrpc.Load.Corpora;

namespace TopicGrpc.Load.Hosting;

/// <summary>A server in a separate process, so that memory and garbage collections are measured separately.</summary>
internal sealed class ServerChild : IAsyncDisposable
{
    private readonly Process _process;
    private readonly SemaphoreSlim _asking = new(1);

    private ServerChild(Process process, Uri address, Uri? page)
    {
        _process = process;
        Address = address;
        Page = page;
    }

    public Uri Address { get; }

    /// <summary>Address of the web page; null with TLS.</summary>
    public Uri? Page { get; }

    /// <summary>Starts a server and waits until it answers calls.</summary>
    public static async Task<ServerChild> StartAsync(ServerArguments arguments, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "host", arguments.DataDirectory, arguments.Precision, arguments.KeepLoaded.ToString(CultureInfo.InvariantCulture),
                arguments.Port.ToString(CultureInfo.InvariantCulture), arguments.CertificateFile,
            },
        };
        Process process = Process.Start(start)!;
        string[]? addresses = (await process.StandardOutput.ReadLineAsync(cancellationToken))?.Split('\t');
        return addresses is null
            ? throw new InvalidOperationException("The server did not start.")
            : new ServerChild(process, new Uri(addresses[0]), addresses[1].Length == 0 ? null : new Uri(addresses[1]));
    }

    /// <summary>Reads the server's state, optionally after a full collection.</summary>
    public Task<ServerState> StateAsync(bool collect, CancellationToken cancellationToken) =>
        AskAsync<ServerState>(collect ? HostedServer.Collect : HostedServer.State, cancellationToken);

    /// <summary>Returns the digest of the documents that a fit of the corpus would read.</summary>
    public Task<DocumentDigest> DigestAsync(string corpus, CancellationToken cancellationToken) =>
        AskAsync<DocumentDigest>($"{HostedServer.Digest}\t{corpus}", cancellationToken);

    /// <summary>Creates a key on the server and returns its secret.</summary>
    public async Task<string> CreateKeyAsync(KeyOrder key, CancellationToken cancellationToken) =>
        (await AskAsync<CreatedKey>($"{HostedServer.Key}\t{JsonSerializer.Serialize(key)}", cancellationToken)).Secret;

    /// <summary>Stores planted points of version 1 of a model.</summary>
    public Task StoreLayoutAsync(string model, CancellationToken cancellationToken) =>
        AskAsync<ServerState>($"{HostedServer.Layout}\t{model}", cancellationToken);

    /// <summary>Kills the process without cleanup, like a power failure.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Stores the recorded vectors of the first documents of a corpus.</summary>
    public Task KeepEmbeddingsAsync(string corpus, CorpusSource source, int count, CancellationToken cancellationToken) =>
        AskAsync<ServerState>(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{HostedServer.Keep}\t{corpus}\t{source.Documents.FullName}\t{source.Embeddings!.FullName}\t{count}"),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _asking.Dispose();
    }

    private async Task<T> AskAsync<T>(string question, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            await _process.StandardInput.WriteLineAsync(question.AsMemory(), cancellationToken);
            await _process.StandardInput.FlushAsync(cancellationToken);
            string answer = await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException(
                "The server process has ended.");
            return JsonSerializer.Deserialize<T>(answer)!;
        }
        finally
        {
            _asking.Release();
        }
    }
}
