using TopicGrpc.Cluster.Jobs;
using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Tests.Jobs;

/// <summary>The order in which members claim the jobs of callers.</summary>
public sealed class JobOrderTests
{
    private readonly List<FitRow> _rows = [];
    private readonly List<JobClaim> _claims = [];
    private readonly Dictionary<string, long> _lastStarts = [];

    [Fact]
    public void Of_CallerWithARunningJob_WaitsForTheOthers()
    {
        Add("a", isRunning: true);
        string ofA = Add("a");
        string ofB = Add("b");

        Assert.Equal([ofB, ofA], Order());
    }

    [Fact]
    public void Of_CallersWithoutRunningJobs_LongestWaitComesFirst()
    {
        string ofRecent = Add("recent");
        string ofEarlier = Add("earlier");
        string ofNew = Add("new");
        _lastStarts["recent"] = 20;
        _lastStarts["earlier"] = 10;

        Assert.Equal([ofNew, ofEarlier, ofRecent], Order());
    }

    [Fact]
    public void Of_JobsOfOneCaller_AreInOrderOfArrival()
    {
        string[] ids = [Add("a"), Add("a"), Add("a")];

        Assert.Equal(ids, Order());
    }

    [Fact]
    public void Of_JobWithoutAClaimRow_HasEnded()
    {
        string id = Add("a");
        Add("b");
        _claims.RemoveAt(1);

        Assert.Equal([id], Order());
    }

    private string Add(string caller, bool isRunning = false)
    {
        string id = FormattableString.Invariant($"f{_rows.Count}");
        FitState state = new() { Id = id, ModelId = "m", Created = DateTimeOffset.UnixEpoch, CreatedBy = caller };
        _rows.Add(new FitRow(_rows.Count, 0, 0, state));
        _claims.Add(new JobClaim(id, isRunning ? "m1" : string.Empty, 1, isRunning));
        return id;
    }

    private string[] Order() =>
        [.. JobOrder.Of(_rows, _claims, _lastStarts, static claim => claim.IsHeld).Select(static job => job.Row.State.Id)];
}
