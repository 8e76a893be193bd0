using System.Text;
using Grpc.Core;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Tests.Faults;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Erasing;

/// <summary>
/// Makes calls of the storage fail while documents are erased, then starts the server again. An erasure that was acknowledged hides its
/// document at once and ends; no file of the storage contains the document afterwards, and the version answers.
/// </summary>
public sealed class ErasureFaultTests
{
    private const int Documents = 150;
    private const int MaxCalls = 2000;

    private readonly MemoryStorage _storage = new();
    private readonly HashSet<int> _erased = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FaultKind.Error, 31)]
    [InlineData(FaultKind.Partial, 37)]
    [InlineData(FaultKind.Crash, 29)]
    public async Task DeleteDocuments_AnyCallFails_AcknowledgedDocumentsAreHiddenAndRemoved(FaultKind fault, int stride)
    {
        await using TestServer server = await TestServer.StartOnAsync(_storage);
        await FitAsync(server);
        int faults = 0;
        int call = 1;
        bool isFaulted = true;
        for (; isFaulted && call < MaxCalls; call += stride)
        {
            int index = _erased.Count;
            _storage.FailAt(call, fault);
            string? name = await TryEraseAsync(server, index);
            isFaulted = await UntilFaultOrEndAsync(server, name);
            await server.StopAsync();
            if (fault == FaultKind.Crash)
            {
                _storage.Restart((CrashKind)(call % 3), call);
            }
            else
            {
                _storage.Disarm();
            }

            await server.StartAgainAsync();
            await CheckAsync(server, name, index);
            faults += isFaulted ? 1 : 0;
        }

        Assert.InRange(faults, 8, Documents - 1);
        FaultTally.Add(faults);
    }

    private static string Id(int index) => FormattableString.Invariant($"erased-{index:000}");

    private static string Text(int index) => FormattableString.Invariant($"{ThemedTexts.Text(index)} word{index:000}");

    private static async Task FitAsync(TestServer server)
    {
        await server.CreateCorpusAsync("news");
        await server.AddAsync(
            "news", "s", [.. Enumerable.Range(0, Documents).Select(static index => new Document { Id = Id(index), Text = Text(index) })]);
        Fit fit = await server.FitAsync(new StartFitRequest
        {
            Corpus = "corpora/news",
            Model = "models/m",
            Settings = new FitSettings { MinTopicSize = 10 },
        });
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
    }

    private static async Task<string?> TryEraseAsync(TestServer server, int index)
    {
        try
        {
            return (await server.EraseAsync("news", Id(index))).Name;
        }
        catch (RpcException failure)
        {
            Assert.Contains(failure.StatusCode, (StatusCode[])[StatusCode.Unavailable, StatusCode.DataLoss]);
            return null;
        }
    }

    /// <summary>Waits until the fault has hit the removal, or the removal has ended without it.</summary>
    private async Task<bool> UntilFaultOrEndAsync(TestServer server, string? name)
    {
        while (name is not null && !_storage.IsFaulted)
        {
            if ((await server.ReceiptAsync(name)).State == Erasure.Types.State.Succeeded)
            {
                break;
            }

            await Task.Delay(5, Token);
        }

        return _storage.IsFaulted;
    }

    private async Task CheckAsync(TestServer server, string? name, int index)
    {
        ModelSelector selector = TestServer.SelectorOf(1);
        if (name is not null)
        {
            _erased.Add(index);
            Assert.DoesNotContain(Id(index), await server.MemberIdsAsync(selector));
            await server.EndOfErasureAsync(name);
        }

        Corpus corpus = (await server.Corpora.GetCorpusAsync(
            new GetCorpusRequest { Name = "corpora/news" }, cancellationToken: Token)).Corpus;
        Assert.Equal(Documents - _erased.Count, corpus.DocumentCount);
        Assert.Equal(
            [.. Enumerable.Range(0, Documents).Where(other => !_erased.Contains(other)).Select(Id)], await server.MemberIdsAsync(selector));
        string all = Encoding.Latin1.GetString([.. Files(server.DataDirectory).SelectMany(path => _storage.ReadBytes(path, int.MaxValue))]);
        Assert.All(_erased, erased => Assert.DoesNotContain(Id(erased), all, StringComparison.Ordinal));
        Assert.All(_erased, erased => Assert.DoesNotContain(Text(erased), all, StringComparison.Ordinal));
    }

    private IEnumerable<string> Files(string folder) => !_storage.FolderExists(folder)
        ? []
        : _storage.ListFiles(folder).Concat(_storage.ListFolders(folder).SelectMany(Files));
}
