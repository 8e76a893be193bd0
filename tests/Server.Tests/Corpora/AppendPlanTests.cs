using Grpc.Core;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Tests.Corpora;

/// <summary>F11: documents below the next offset of a session.</summary>
public sealed class AppendPlanTests
{
    private static readonly Document[] Stored = [new("a", "one"), new("b", "two"), new("c", "three")];
    private static readonly Dictionary<string, UInt128> Known = Stored.ToDictionary(
        static d => d.Id, ContentHash.Of, StringComparer.Ordinal);

    [Fact]
    public void Add_SameDocumentsAgain_AreDuplicates()
    {
        AppendPlan plan = Resend(0, Stored);

        Assert.Equal((3, 3, 0), (plan.Result.NextOffset, plan.Result.Duplicates, plan.Result.Rejections.Count));
        Assert.Empty(plan.Records);
    }

    [Fact]
    public void Add_OtherContentAtAnAcknowledgedOffset_IsRejectedAlone()
    {
        AppendPlan plan = Resend(0, [Stored[0], new("b", "TWO"), new("x", "three")]);

        Assert.Equal(1, plan.Result.Duplicates);
        Assert.Equal([1L, 2L], plan.Result.Rejections.Select(static r => r.Offset));
        Assert.All(
            plan.Result.Rejections,
            static r => Assert.Equal((StatusCode.AlreadyExists, ErrorReasons.DocumentConflict), (r.Why.Code, r.Why.Reason)));
        Assert.Empty(plan.Records);
        Assert.Empty(plan.Added);
    }

    [Fact]
    public void Add_ChunkAcrossTheNextOffset_ChecksThePartBelowAndStoresTheRest()
    {
        AppendPlan plan = Resend(2, [new("c", "THREE"), new("d", "four")]);

        Assert.Equal((4, 1), (plan.Result.NextOffset, plan.Result.Accepted));
        Assert.Equal([2L], plan.Result.Rejections.Select(static r => r.Offset));
        Assert.Equal(["d"], plan.Added.Keys);
    }

    private static AppendPlan Resend(long offset, Document[] documents)
    {
        AppendPlan plan = new(new SessionState("s", Stored.Length, 0, 0), [Known], EmbeddingSource.Encoder);
        plan.Add(IncomingChunks.Of(offset, documents));
        return plan;
    }
}
