using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// Shared state of the scenarios of a run: the plan, the texts, and one server at a time on data that is prepared once per
/// precision.
/// </summary>
internal sealed class LoadContext(LoadPlan plan, CorpusSource source, int count) : IAsyncDisposable
{
    /// <summary>A text of twelve tokens, including the two special tokens.</summary>
    public const string ShortText = "The economy needs new jobs and lower taxes this year";

    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);
    private LoadServer? _server;
    private SecuredServer? _secured;

    public LoadPlan Plan => plan;

    public CorpusSource Source => source;

    /// <summary>Maximum number of documents of the larger model.</summary>
    public int Count => count;

    /// <summary>Returns texts that are not blank, evenly spaced in the corpus.</summary>
    public string[] Texts(int wanted)
    {
        string[] texts =
        [
            .. source.ReadDocuments(count).Select(static document => document.Text).Where(static text => !string.IsNullOrWhiteSpace(text)),
        ];
        int taken = Math.Min(wanted, texts.Length);
        return [.. Enumerable.Range(0, taken).Select(index => texts[(long)index * texts.Length / taken])];
    }

    /// <summary>Returns a server with these settings: the running one, or a new one.</summary>
    /// <param name="precision">Precision, <c>full</c> or <c>fast</c>.</param>
    /// <param name="keepLoaded">Number of versions without a label that stay loaded.</param>
    /// <param name="fresh">True to start a new server even if one is running.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public async Task<LoadServer> ServerAsync(string precision, int keepLoaded, bool fresh, CancellationToken cancellationToken)
    {
        ServerArguments arguments = new(await FolderAsync(precision, cancellationToken), precision, keepLoaded);
        if (_server is not null && !fresh && _server.Arguments == arguments)
        {
            return _server;
        }

        await StopAsync();

#pragma warning disable CA2000 // The process belongs to the server, which ends it.
        _server = new LoadServer(arguments, await ServerChild.StartAsync(arguments, cancellationToken));
#pragma warning restore CA2000
        return _server;
    }

    /// <summary>Returns the server that most scenarios share.</summary>
    public Task<LoadServer> ServerAsync(string precision, CancellationToken cancellationToken) =>
        ServerAsync(precision, keepLoaded: 4, fresh: false, cancellationToken);

    /// <summary>Returns a server with TLS and API keys on a copy of the data, beside the server without.</summary>
    public async Task<SecuredServer> SecuredServerAsync(CancellationToken cancellationToken)
    {
        if (_secured is null)
        {
            const string Precision = "full";
            string original = await FolderAsync(Precision, cancellationToken);

            // No server may write while the data are copied.
            await StopAsync();
            string copy = Directory.CreateTempSubdirectory("topicgrpc-secured-").FullName;
            CopyAll(original, copy);
            _folders.Add("secured", copy);
            _secured = await SecuredServer.StartAsync(new ServerArguments(copy, Precision, KeepLoaded: 4), cancellationToken);
        }

        return _secured;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_secured is not null)
        {
            await _secured.DisposeAsync();
        }

        foreach (string folder in _folders.Values)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void CopyAll(string source, string target)
    {
        foreach (string folder in Directory.EnumerateDirectories(source, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(target, Path.GetRelativePath(source, folder)));
        }

        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(target, Path.GetRelativePath(source, file)));
        }
    }

    private async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
            _server = null;
        }
    }

    private async Task<string> FolderAsync(string precision, CancellationToken cancellationToken)
    {
        if (!_folders.TryGetValue(precision, out string? folder))
        {
            folder = Directory.CreateTempSubdirectory("topicgrpc-load-").FullName;
            _folders.Add(precision, folder);
            await Console.Error.WriteLineAsync($"preparing data ({precision})");
            await new Preparation(source, count).RunAsync(folder, precision, cancellationToken);
        }

        return folder;
    }
}
