using System.Security.Cryptography;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Scheduling;
using TopicGrpc.Server.Tests.Transfers;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>
/// Makes calls of the storage fail in a whole server: during a fit with its publication, an import, the loading of a version for a label,
/// and the start. Errors and partial effects hit every call; crashes, which cost a restart each, every seventh, with changing offset.
/// After each fault every promise is checked.
/// </summary>
public sealed class ServerFaultTests : IDisposable
{
    private const int Documents = 60;
    private const int MaxCalls = 2000;
    private const int CrashStride = 7;

    private readonly TempFolder _folder = new();
    private readonly MemoryStorage _storage = new();
    private readonly Dictionary<long, Prediction> _answers = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FaultKind.Error)]
    [InlineData(FaultKind.Partial)]
    [InlineData(FaultKind.Crash)]
    public async Task Fit_AnyCallFails_NoVersionOrACompleteOne(FaultKind fault)
    {
        await using TestServer server = await StartAsync();
        await LoopAsync(server, fault, 100, call => FitAsync(server, call));
    }

    [Theory]
    [InlineData(FaultKind.Error)]
    [InlineData(FaultKind.Partial)]
    [InlineData(FaultKind.Crash)]
    public async Task ImportModel_AnyCallFails_NoVersionOrACompleteOne(FaultKind fault)
    {
        await using TestServer server = await StartAsync();
        string files = Path.Combine(_folder.Path, "export");
        await ModelFolder.ExportAsync(server.Models, "m", 1, files);
        await LoopAsync(server, fault, 100, _ => ModelFolder.ImportAsync(server.Models, files, ModelFolder.Describe(files, "m")));
    }

    [Theory]
    [InlineData(FaultKind.Error)]
    [InlineData(FaultKind.Crash)]
    public async Task SetLabel_AnyCallFailsWhileTheVersionIsLoaded_MovesTheLabelOrDoesNot(FaultKind fault)
    {
        await using TestServer server = await StartAsync();
        await FitAsync(server, 0);
        await LoopAsync(server, fault, 10, async call =>
        {
            // Not loaded after the restart, so the label waits for the disk.
            await server.StopAsync();
            _storage.Disarm();
            await server.StartAgainAsync();
            _storage.FailAt(call, fault);
            await server.Models.SetLabelAsync(
                new SetLabelRequest { Model = "models/m", Label = "next", VersionNumber = 2 }, cancellationToken: Token);
            await server.Models.SetLabelAsync(
                new SetLabelRequest { Model = "models/m", Label = "next", VersionNumber = 1 }, cancellationToken: Token);
        });
    }

    [Theory]
    [InlineData(FaultKind.Error)]
    [InlineData(FaultKind.Crash)]
    public async Task StartAsync_AnyCallFails_TheNextStartHasEverything(FaultKind fault)
    {
        await using TestServer server = await StartAsync();
        int faults = 0;
        bool isFaulted = true;
        for (int call = 1; isFaulted && call < MaxCalls; call += 1 + (call / 20))
        {
            await server.StopAsync();
            _storage.FailAt(call, fault);
            await TryAsync(() => server.StartAgainAsync());
            isFaulted = _storage.IsFaulted;
            faults += isFaulted ? 1 : 0;
            await RestartAsync(server, (CrashKind)(call % 3), call);
            await CheckAsync(server);
        }

        Assert.InRange(faults, 15, MaxCalls);
        FaultTally.Add(faults);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<TestServer> StartAsync()
    {
        TestServer server = await TestServer.StartOnAsync(_storage, ("Models:KeepLoaded", "1"));
        await server.FillCorpusAsync("news", Documents);
        await FitAsync(server, 0);
        await server.Models.SetLabelAsync(
            new SetLabelRequest { Model = "models/m", Label = "stable", VersionNumber = 1 }, cancellationToken: Token);
        await CheckAsync(server);
        return server;
    }

    /// <summary>Runs an operation with the first, second, … n-th call of the storage failing, until it succeeds without a fault.</summary>
    private async Task LoopAsync(TestServer server, FaultKind fault, int leastCalls, Func<int, Task> operation)
    {
        int faults = 0;
        int call = 1;
        bool isFaulted = true;
        while (isFaulted && call < MaxCalls)
        {
            long[] before = await CheckAsync(server);
            _storage.FailAt(call, fault);
            bool hasSucceeded = await TryAsync(() => operation(call));
            isFaulted = _storage.IsFaulted;
            Assert.True(hasSucceeded || isFaulted);
            if (fault == FaultKind.Crash)
            {
                await RestartAsync(server, (CrashKind)(call % 3), call);
            }
            else
            {
                _storage.Disarm();
            }

            long[] after = await CheckAsync(server);
            Assert.Empty(before.Except(after));
            await RemoveNewAsync(server, after);
            faults += isFaulted ? 1 : 0;
            call += fault == FaultKind.Crash ? CrashStride : 1;
        }

        Assert.InRange(call, leastCalls, MaxCalls - 1);
        FaultTally.Add(faults);
    }

    private async Task RestartAsync(TestServer server, CrashKind crash, int seed)
    {
        await server.StopAsync();
        _storage.Restart(crash, seed);
        await server.StartAgainAsync();
    }

    /// <summary>Runs a fit without the queue, whose retries would wait for seconds.</summary>
    private static async Task FitAsync(TestServer server, int call)
    {
        FitTable table = server.Services.GetRequiredService<FitTable>();
        FitState state = new()
        {
            Id = FormattableString.Invariant($"f{Guid.NewGuid():N}"),
            ModelId = "m",
            CorpusId = "news",
            AssignLabels = [],
            Created = DateTimeOffset.UnixEpoch.AddSeconds(call),
        };
        FitRequest request = new()
        {
            ModelId = "m",
            AssignLabels = [],
            Settings = new FitSettings { MinTopicSize = 5 },
            RequestId = string.Empty,
            Sha256 = SHA256.HashData([]),
        };
        FitRow row = await table.RunAsync(() => table.Add(state, request, 0), Token);
        await table.RunAsync(
            () =>
            {
                table.Update(state with { Status = FitStatus.Succeeded }, 1, 0);
                return true;
            },
            Token);
        using FitJob job = new(row, 10);
        await server.Services.GetRequiredService<BackgroundScheduler>()
            .RunAsync(() => server.Services.GetRequiredService<FitRunner>().RunAsync(job, Token), Token);
    }

    /// <summary>Checks that everything that was acknowledged is there, and that every version answers as when it was new.</summary>
    /// <returns>Numbers of the versions.</returns>
    private async Task<long[]> CheckAsync(TestServer server)
    {
        Corpus corpus = (await server.Corpora.GetCorpusAsync(
            new GetCorpusRequest { Name = "corpora/news" }, cancellationToken: Token)).Corpus;
        Assert.Equal(Documents, corpus.DocumentCount);
        ListVersionsResponse list = await server.Models.ListVersionsAsync(
            new ListVersionsRequest { Parent = "models/m", PageSize = 1000 }, cancellationToken: Token);
        long[] numbers = [.. list.ModelVersions.Select(static version => version.VersionNumber)];
        foreach (long number in numbers)
        {
            Prediction answer = (await server.Predictions.PredictAsync(
                new PredictRequest { Selector = TestServer.SelectorOf(number), Text = ThemedTexts.Text(7) },
                cancellationToken: Token)).Prediction;
            Assert.Equal(_answers.GetValueOrDefault(number, answer), answer);
            _answers[number] = answer;
        }

        return numbers;
    }

    private static async Task RemoveNewAsync(TestServer server, long[] numbers)
    {
        foreach (long number in numbers.Where(static number => number > 2))
        {
            await server.Models.DeleteVersionAsync(
                new DeleteVersionRequest { Name = FormattableString.Invariant($"models/m/versions/{number}") }, cancellationToken: Token);
        }
    }

    private static async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception failure) when (failure is ServiceException or IOException or ServerStartException)
        {
            return false;
        }
        catch (RpcException failure)
        {
            Assert.NotEqual(StatusCode.Internal, failure.StatusCode);
            Assert.NotEqual(StatusCode.Unknown, failure.StatusCode);
            return false;
        }
    }
}
