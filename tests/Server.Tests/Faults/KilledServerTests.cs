using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>
/// Kills the server process (SIGKILL) at random moments while corpora are created and deleted, documents stored, fits run, versions
/// published and deleted, and labels moved; then checks every promise. The database has no injected faults: SQLite is tested by its
/// authors, and these kills test the order of its transactions and of the files.
/// </summary>
public sealed class KilledServerTests(ITestOutputHelper output)
{
    private const int MaxKills = 40;
    private const int MinKills = 6;
    private const int SessionDocuments = 30;
    private const int KeptVersions = 3;

    // A fit that is running at three kills ends as failed by default.
    private const string ManyAttempts = "Fits:MaxAttempts=100";

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(25);
    private static readonly string[] Labels = ["stable", "canary", "next"];

    private readonly ConcurrentDictionary<string, AckHistory<bool>> _corpora = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AckHistory<long>> _documents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AckHistory<long>> _labels = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, AckHistory<bool>> _versions = new();
    private readonly ConcurrentDictionary<long, Prediction> _answers = new();
    private readonly ConcurrentDictionary<string, Fit.Types.State> _fits = new(StringComparer.Ordinal);
    private readonly Random _random = new(20261130);
    private int _nextCorpus;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_AtRandomMoments_KeepsEveryPromise()
    {
        using TempFolder folder = new();
        long started = Stopwatch.GetTimestamp();
        await using (ChildServer server = await ChildServer.StartAsync(folder.Path, options: ManyAttempts))
        {
            await PrepareAsync(server);
        }

        int kills = 0;
        int changes = 0;
        while (kills < MinKills || (kills < MaxKills && Stopwatch.GetElapsedTime(started) < Budget))
        {
            await using ChildServer server = await ChildServer.StartAsync(folder.Path, options: ManyAttempts);
            await CheckAsync(server);
            changes += await ChangeUntilKilledAsync(server, TimeSpan.FromMilliseconds(_random.Next(5, 900)));
            kills++;
        }

        await using ChildServer last = await ChildServer.StartAsync(folder.Path, options: ManyAttempts);
        await CheckAsync(last);
        await EndFitsAsync(last);
        await CheckAsync(last);
        await AwaitRemovalsAsync(folder.Path);
        CheckFolders(folder.Path);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"kills {kills}, acknowledged changes {changes}, corpora {_corpora.Count}, fits {_fits.Count}, "
            + $"versions {_versions.Count}; violations 0"));
    }

    private async Task PrepareAsync(ChildServer server)
    {
        await server.Corpora.CreateCorpusAsync(new CreateCorpusRequest { CorpusId = "news" }, cancellationToken: Token);
        Document[] documents =
            [.. Enumerable.Range(0, 100).Select(static index => new Document { Id = "t" + index, Text = ThemedTexts.Text(index) })];
        await server.IngestAsync("news", "s", documents, Token);
        for (long version = 1; version <= 2; version++)
        {
            string fit = (await server.Fits.StartFitAsync(Request(Labels), cancellationToken: Token)).Fit.Name;
            await EndAsync(server, fit);
        }

        foreach (string label in Labels)
        {
            _labels[label] = new AckHistory<long>(2);
        }
    }

    /// <summary>Changes everything at once until the process is killed.</summary>
    /// <returns>Number of acknowledged changes.</returns>
    private async Task<int> ChangeUntilKilledAsync(ChildServer server, TimeSpan delay)
    {
        using CancellationTokenSource stop = new();
        int[] counts = new int[4];
        Task[] work =
        [
            RepeatAsync(random => ChangeCorporaAsync(server, random, stop.Token), counts, 0, stop.Token),
            RepeatAsync(random => MoveLabelAsync(server, random, stop.Token), counts, 1, stop.Token),
            RepeatAsync(_ => FitAsync(server, stop.Token), counts, 2, stop.Token),
            RepeatAsync(_ => DeleteVersionAsync(server, stop.Token), counts, 3, stop.Token),
        ];
        await Task.Delay(delay, Token);
        await server.KillAsync();
        await stop.CancelAsync();
        await Task.WhenAll(work);
        return counts.Sum();
    }

    private async Task RepeatAsync(Func<Random, Task> change, int[] counts, int index, CancellationToken stop)
    {
        Random random = new(_random.Next());
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await change(random);
                counts[index]++;
            }
            catch (RpcException refused) when (refused.StatusCode is StatusCode.FailedPrecondition or StatusCode.NotFound
                or StatusCode.Aborted or StatusCode.ResourceExhausted)
            {
                // Another change was first.
            }
            catch (Exception ended) when (ended is RpcException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ChangeCorporaAsync(ChildServer server, Random random, CancellationToken stop)
    {
        string id = "c" + Interlocked.Increment(ref _nextCorpus);
        AckHistory<bool> exists = _corpora.GetOrAdd(id, static _ => new AckHistory<bool>(false));
        AckHistory<long> documents = _documents.GetOrAdd(id, static _ => new AckHistory<long>(0));
        await exists.SetAsync(
            true, () => server.Corpora.CreateCorpusAsync(new CreateCorpusRequest { CorpusId = id }, cancellationToken: stop).ResponseAsync);
        for (int session = 0; session < 2; session++)
        {
            long expected = documents.Known + SessionDocuments;
            string name = FormattableString.Invariant($"s{session}");
            await documents.SetAsync(expected, () => server.IngestAsync(id, name, Documents(name), stop));
        }

        if (random.Next(2) == 0)
        {
            await exists.SetAsync(
                false,
                () => server.Corpora.DeleteCorpusAsync(
                    new DeleteCorpusRequest { Name = "corpora/" + id }, cancellationToken: stop).ResponseAsync);
        }
    }

    private async Task MoveLabelAsync(ChildServer server, Random random, CancellationToken stop)
    {
        long[] existing = [.. _versions.Where(static pair => pair.Value.Known).Select(static pair => pair.Key)];
        string label = Labels[random.Next(Labels.Length)];
        long target = existing[random.Next(existing.Length)];
        await _labels[label].SetAsync(
            target,
            () => server.Models.SetLabelAsync(
                new SetLabelRequest { Model = "models/m", Label = label, VersionNumber = target }, cancellationToken: stop).ResponseAsync);
    }

    private async Task FitAsync(ChildServer server, CancellationToken stop)
    {
        string fit = (await server.Fits.StartFitAsync(Request([]), cancellationToken: stop)).Fit.Name;
        _fits[fit] = Fit.Types.State.Queued;
        await EndAsync(server, fit);
    }

    private async Task DeleteVersionAsync(ChildServer server, CancellationToken stop)
    {
        ListVersionsResponse list = await server.Models.ListVersionsAsync(
            new ListVersionsRequest { Parent = "models/m" }, cancellationToken: stop);
        long[] numbers = [.. list.ModelVersions.Select(static version => version.VersionNumber).Order()];
        if (numbers.Length <= KeptVersions)
        {
            await Task.Delay(10, stop);
            return;
        }

        long oldest = numbers.First(number => _labels.Values.All(label => label.Known != number));
        AckHistory<bool> exists = _versions.GetOrAdd(oldest, static _ => new AckHistory<bool>(true));
        await exists.SetAsync(
            false,
            () => server.Models.DeleteVersionAsync(
                new DeleteVersionRequest { Name = $"models/m/versions/{oldest}" }, cancellationToken: stop).ResponseAsync);
    }

    private async Task CheckAsync(ChildServer server)
    {
        Assert.Empty((await server.Server.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Token)).StorageWarnings);
        await CheckCorporaAsync(server);
        await CheckVersionsAsync(server);
        foreach ((string fit, Fit.Types.State known) in _fits)
        {
            Fit.Types.State state = (await server.Fits.GetFitAsync(new GetFitRequest { Name = fit }, cancellationToken: Token)).Fit.State;
            Assert.True(known != Fit.Types.State.Succeeded || state == known, $"{fit} was {known} and is {state}");
            Assert.NotEqual(Fit.Types.State.Failed, state);
        }
    }

    private async Task CheckCorporaAsync(ChildServer server)
    {
        ListCorporaResponse list =
            await server.Corpora.ListCorporaAsync(new ListCorporaRequest { PageSize = 1000 }, cancellationToken: Token);
        var found = list.Corpora.ToDictionary(static corpus => corpus.Name["corpora/".Length..], StringComparer.Ordinal);
        Assert.True(found.Remove("news"));
        Assert.Empty(found.Keys.Except(_corpora.Keys));
        foreach ((string id, AckHistory<bool> exists) in _corpora)
        {
            bool isThere = found.TryGetValue(id, out Corpus? corpus);
            Assert.True(exists.Check(isThere), $"corpus {id}: exists is {isThere}");
            if (corpus is not null)
            {
                Assert.Equal(Corpus.Types.State.Ready, corpus.State);
                Corpus opened = (await server.Corpora.GetCorpusAsync(
                    new GetCorpusRequest { Name = corpus.Name }, cancellationToken: Token)).Corpus;
                Assert.True(_documents[id].Check(opened.DocumentCount), $"corpus {id} has {opened.DocumentCount} documents");
            }
        }
    }

    private async Task CheckVersionsAsync(ChildServer server)
    {
        ListVersionsResponse list = await server.Models.ListVersionsAsync(
            new ListVersionsRequest { Parent = "models/m", PageSize = 1000 }, cancellationToken: Token);
        HashSet<long> found = [.. list.ModelVersions.Select(static version => version.VersionNumber)];
        foreach ((long number, AckHistory<bool> exists) in _versions)
        {
            Assert.True(exists.Check(found.Contains(number)), $"version {number}: exists is {found.Contains(number)}");
        }

        foreach (long number in found)
        {
            _versions.TryAdd(number, new AckHistory<bool>(true));
            Prediction answer = (await server.Predictions.PredictAsync(
                new PredictRequest { Selector = TestServer.SelectorOf(number), Text = ThemedTexts.Text(7) },
                cancellationToken: Token)).Prediction;
            Assert.Equal(_answers.GetOrAdd(number, answer), answer);
        }

        Model model = (await server.Models.GetModelAsync(new GetModelRequest { Name = "models/m" }, cancellationToken: Token)).Model;
        foreach (string label in Labels)
        {
            Assert.True(_labels[label].Check(model.VersionLabels[label]), $"label {label} points at {model.VersionLabels[label]}");
            Assert.Contains(model.VersionLabels[label], found);
        }
    }

    private async Task EndFitsAsync(ChildServer server)
    {
        foreach (string fit in _fits.Keys)
        {
            await EndAsync(server, fit);
        }
    }

    /// <summary>The server removes the content of a deleted version after the deletion is acknowledged.</summary>
    private static async Task AwaitRemovalsAsync(string data)
    {
        long started = Stopwatch.GetTimestamp();
        while (Directory.EnumerateFileSystemEntries(Path.Combine(data, "staging")).Any()
            && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20))
        {
            await Task.Yield();
        }
    }

    /// <summary>No incomplete or deleted content stays on disk.</summary>
    private void CheckFolders(string data)
    {
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(data, "staging")));
        Assert.False(Directory.Exists(Path.Combine(data, "quarantine")));
        Assert.Equal(
            _corpora.Where(static pair => pair.Value.Known).Select(static pair => pair.Key).Append("news").Order(StringComparer.Ordinal),
            Directory.GetDirectories(Path.Combine(data, "corpora")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            _versions.Where(static pair => pair.Value.Known).Select(static pair => pair.Key.ToString(CultureInfo.InvariantCulture))
                .Order(StringComparer.Ordinal),
            Directory.GetDirectories(Path.Combine(data, "models", "m", "versions")).Select(Path.GetFileName)
                .Order(StringComparer.Ordinal));
    }

    /// <summary>Waits for the end of a fit: it and its version are acknowledged then.</summary>
    private async Task EndAsync(ChildServer server, string fit)
    {
        using AsyncServerStreamingCall<WatchFitResponse> watch =
            server.Fits.WatchFit(new WatchFitRequest { Name = fit }, cancellationToken: Token);
        Fit last = new();
        while (await watch.ResponseStream.MoveNext(Token))
        {
            last = watch.ResponseStream.Current.Fit;
        }

        Assert.Equal(Fit.Types.State.Succeeded, last.State);
        _fits[fit] = last.State;
        _versions.TryAdd(
            long.Parse(last.ModelVersion[(last.ModelVersion.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture),
            new AckHistory<bool>(true));
    }

    private static Document[] Documents(string session) =>
        [.. Enumerable.Range(0, SessionDocuments).Select(index => new Document { Id = $"{session}-{index}", Text = "text " + index })];

    private static StartFitRequest Request(IEnumerable<string> labels) => new()
    {
        Corpus = "corpora/news",
        Model = "models/m",
        Settings = new FitSettings { MinTopicSize = 10 },
        AssignLabels = { labels },
    };
}
