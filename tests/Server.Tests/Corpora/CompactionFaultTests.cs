using System.Text;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Tests.Faults;
using TopicGrpc.Testing.Storage;

namespace TopicGrpc.Server.Tests.Corpora;

/// <summary>Makes the first, second, … n-th call of the storage fail while erased documents are removed from a document file.</summary>
public sealed class CompactionFaultTests
{
    private const int MaxCalls = 400;
    private const string Erased = "s1-3";

    public static TheoryData<FaultKind, CrashKind> Faults { get; } = new(
        from fault in Enum.GetValues<FaultKind>()
        from crash in Enum.GetValues<CrashKind>()
        select (fault, crash));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task CompactAsync_AnyCallFails_ErasedDocumentsStayHiddenAndOthersStay(FaultKind fault, CrashKind crash)
    {
        int faults = 0;
        bool isFaulted = true;
        for (int call = 1; isFaulted && call < MaxCalls; call++)
        {
            HiddenPlaces hidden = new();
            using CorpusUnderFaults corpus = new() { Hidden = hidden };
            corpus.Start();
            corpus.Create();
            await corpus.IngestAsync("s1");
            await HideAsync(corpus, hidden);
            corpus.Storage.FailAt(call, fault);
            bool hasSucceeded = await TryCompactAsync(corpus, hidden);
            isFaulted = corpus.Storage.IsFaulted;
            Assert.True(hasSucceeded || isFaulted);
            if (fault == FaultKind.Crash)
            {
                corpus.Crash(crash, call);
            }
            else
            {
                corpus.Storage.Disarm();
            }

            await CheckAsync(corpus);
            Assert.True(await TryCompactAsync(corpus, hidden));
            await CheckAsync(corpus);
            string path = new CorpusFolder(corpus.Data, CorpusUnderFaults.Id).Documents;
            string content = Encoding.Latin1.GetString(corpus.Storage.ReadBytes(path, 1 << 20));
            Assert.DoesNotContain(Erased, content, StringComparison.Ordinal);
            await corpus.IngestAsync("s2");
            Assert.Equal(11, (await corpus.Corpus.ReadAllAsync(Token)).Count);
            faults += isFaulted ? 1 : 0;
        }

        Assert.InRange(faults, 10, MaxCalls - 1);
        FaultTally.Add(faults);
    }

    private static async Task HideAsync(CorpusUnderFaults corpus, HiddenPlaces hidden)
    {
        FoundDocuments found = await corpus.Corpus.FindAsync(static document => document.Id == Erased, Token);
        Assert.Equal(3, Assert.Single(found.Items).Place);
        Assert.True(await corpus.Corpus.HideAsync(found, () => hidden.Add(found), Token));
        Assert.False(await corpus.Corpus.HideAsync(found, static () => Assert.Fail("The places are outdated."), Token));
    }

    /// <returns>Whether the document is gone, now or since an attempt before.</returns>
    private static async Task<bool> TryCompactAsync(CorpusUnderFaults corpus, HiddenPlaces hidden)
    {
        try
        {
            await corpus.Corpus.OpenAsync(Token);
            HashSet<int> places = hidden.PlacesOf(CorpusUnderFaults.Id, corpus.Corpus.FileId);
            return await corpus.Corpus.CompactAsync(places, Token);
        }
        catch (ServiceException failure)
        {
            Assert.Equal(Grpc.Core.StatusCode.Unavailable, failure.Code);
            return false;
        }
    }

    private static async Task CheckAsync(CorpusUnderFaults corpus)
    {
        List<Document> documents = await corpus.Corpus.ReadAllAsync(Token);
        Assert.Equal(
            ["s1-0", "s1-1", "s1-2", "s1-4", "s1-5"], documents.Select(static document => document.Id));
        Assert.Equal(5, (await corpus.Corpus.DescribeAsync(Token)).Documents);
        Assert.Equal(6, (await corpus.Corpus.GetSessionAsync("s1", Token)).NextOffset);
    }
}
