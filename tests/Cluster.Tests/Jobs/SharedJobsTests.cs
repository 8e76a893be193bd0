using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;
using FitReport = TopicGrpc.V1.FitReport;

namespace TopicGrpc.Cluster.Tests.Jobs;

/// <summary>
/// Members share one queue of jobs: one runs a job, any of them can follow and stop it, and none changes a job that it lost.
/// </summary>
public sealed class SharedJobsTests(PostgresServer postgres) : IDisposable
{
    private const int Racers = 32;

    private readonly List<JobMember> _members = [];
    private readonly Lazy<string> _database = new(postgres.CreateDatabase);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryBegin_ManyMembersForOneJob_OneRunsIt()
    {
        JobMember[] members = await StartAsync(Racers);
        string id = members[0].Queue();

        FitJob?[] jobs = await Task.WhenAll(members.Select(member => Task.Run(member.Fits.TryBegin, Token)));

        FitJob job = Assert.Single(jobs, static job => job is not null)!;
        Assert.Equal((id, 1L, 1), (job.Id, job.Epoch, job.Attempts));
        Assert.Equal(FitStatus.Running, members[0].Fits.Get(id).Status);
        Assert.All(members, static member => Assert.Null(member.Fits.TryBegin()));
    }

    [Fact]
    public async Task Start_OneRequestIdAtManyMembers_OneFitIsQueued()
    {
        JobMember[] members = await StartAsync(8);

        string[] ids = await Task.WhenAll(members.Select(member => Task.Run(() => member.Queue(requestId: "r"), Token)));

        Assert.Single(ids.Distinct());
        Assert.Single(members[3].Fits.List(long.MaxValue, 10, string.Empty));
    }

    [Fact]
    public async Task Start_ManyMembersAtOnce_TheQueueStaysBounded()
    {
        JobMember[] members = await StartAsync(4, new FitOptions { MaxQueued = 3 });

        bool[] queued = await Task.WhenAll(Enumerable.Range(0, 12).Select(index => Task.Run(() => TryQueue(members[index % 4]), Token)));

        // The first fit of the caller has a place in a queue of up to six.
        Assert.Equal(3, queued.Count(static isQueued => isQueued));
    }

    [Fact]
    public async Task TryBegin_MemberOfTheJobIsDead_AnotherRunsItWithTheNextEpoch()
    {
        (JobMember first, JobMember second) = await StartTwoAsync();
        string id = first.Queue();
        FitJob lost = first.Fits.TryBegin()!;
        Assert.Null(second.Fits.TryBegin());

        first.DeclareDead();
        FitJob job = second.Fits.TryBegin()!;

        Assert.Equal((id, lost.Epoch + 1, 2), (job.Id, job.Epoch, job.Attempts));
        Assert.True(job.Sequence > lost.Sequence);
    }

    [Fact]
    public async Task Changes_OfAMemberThatWasReplaced_HaveNoEffect()
    {
        (JobMember paused, JobMember other) = await StartTwoAsync();
        string id = paused.Queue();
        FitJob lost = paused.Fits.TryBegin()!;
        paused.DeclareDead();
        FitJob job = other.Fits.TryBegin()!;
        FitState before = other.Fits.Get(id);

        // The lease of the paused member rejects its transactions.
        Assert.Throws<ServiceException>(() => paused.Fits.End(lost, Succeeded, new FitReport()));
        Assert.Throws<ServiceException>(() => paused.Fits.Progressed(lost));
        await Assert.ThrowsAsync<ServiceException>(() => PublishAsync(paused, id));

        Assert.Equal(before, other.Fits.Get(id));
        Assert.Empty(Models(other));
        Assert.Equal(FitStatus.Succeeded, other.Fits.End(job, Succeeded, new FitReport()).Status);
    }

    [Fact]
    public async Task Changes_OfARunWhoseClaimHasEnded_HaveNoEffect()
    {
        (JobMember former, JobMember other) = await StartTwoAsync();
        string id = former.Queue();
        FitJob stale = former.Fits.TryBegin()!;
        former.Fits.Requeue(stale, countsAttempt: true);
        FitJob job = other.Fits.TryBegin()!;

        // The lease of the member is valid; only the claim rejects the transactions.
        Assert.Throws<ClaimLostException>(() => former.Fits.Progressed(stale));
        await Assert.ThrowsAsync<ClaimLostException>(() => PublishAsync(former, id));
        Assert.False(former.Fits.End(stale, Succeeded, new FitReport()).HasEnded);
        Assert.True(stale.Lost.IsCancellationRequested);
        Assert.Empty(Models(other));

        Assert.Equal(FitStatus.Running, other.Fits.Get(id).Status);
        Assert.Equal(FitStatus.Succeeded, other.Fits.End(job, Succeeded, new FitReport()).Status);
        Assert.NotNull(former.Fits.ReadContent(id).Report);
    }

    [Fact]
    public async Task Publish_ByTwoRunsOfOneFit_TheSecondIsRejected()
    {
        (JobMember first, JobMember second) = await StartTwoAsync();
        string id = first.Queue();
        first.Fits.TryBegin();
        await PublishAsync(first, id);
        first.DeclareDead();

        Assert.NotNull(second.Fits.TryBegin());

        await Assert.ThrowsAsync<ClaimLostException>(() => PublishAsync(second, id));
        Assert.Single(Assert.Single(Models(second)).Versions);
    }

    [Fact]
    public async Task PulseAsync_ClaimHasEnded_TheRunIsLost()
    {
        (JobMember first, JobMember second) = await StartTwoAsync();
        first.Queue();
        FitJob job = first.Fits.TryBegin()!;
        second.Database.Write(static connection => connection.Execute("UPDATE job_claims SET epoch = epoch + 1"));

        await first.Fits.PulseAsync(Token);

        Assert.True(job.Lost.IsCancellationRequested);
        Assert.Null(first.Fits.FindLive(job.Id));
    }

    [Fact]
    public async Task Cancel_QueuedAtAnotherMember_EndsAtOnce()
    {
        (JobMember first, JobMember second) = await StartTwoAsync();
        string id = first.Queue();

        Assert.Equal(FitStatus.Cancelled, second.Fits.Cancel(id).Status);

        Assert.Equal(FitStatus.Cancelled, first.Fits.Get(id).Status);
        Assert.Null(first.Fits.TryBegin());
    }

    [Fact]
    public async Task Cancel_RunningOnAnotherMember_StopsItsRun()
    {
        (JobMember first, JobMember second) = await StartTwoAsync();
        string id = first.Queue();
        FitJob job = first.Fits.TryBegin()!;

        Assert.Equal(FitStatus.Cancelling, second.Fits.Cancel(id).Status);
        await first.Fits.PulseAsync(Token);

        Assert.True(job.Cancelled.IsCancellationRequested);
        first.Fits.End(job, static state => state with { Status = FitStatus.Cancelled });
        Assert.Equal(FitStatus.Cancelled, second.Fits.Get(id).Status);
    }

    [Fact]
    public async Task Cancel_MemberDiesBeforeItStops_TheNextClaimEndsTheFit()
    {
        (JobMember first, JobMember second) = await StartTwoAsync();
        string id = first.Queue();
        first.Fits.TryBegin();
        second.Fits.Cancel(id);
        first.DeclareDead();

        Assert.Null(second.Fits.TryBegin());

        Assert.Equal(FitStatus.Cancelled, second.Fits.Get(id).Status);
    }

    [Fact]
    public async Task EventsAfterAsync_RunningOnAnotherMember_AreInOrderAndResumeElsewhere()
    {
        JobMember[] members = await StartAsync(3);
        string id = members[0].Queue();
        FitEvent queued = Assert.Single((await members[1].Fits.EventsAfterAsync(id, 0, Token)).Events);
        FitJob job = members[0].Fits.TryBegin()!;
        FitEvents started = await members[1].Fits.EventsAfterAsync(id, queued.Sequence, Token);
        Assert.Equal(FitStatus.Running, Assert.Single(started.Events).State.Status);

        job.Change(static state => state with { Stage = FitStage.Layout, StageProgress = 0.5, DocumentCount = 7 });
        await members[0].Fits.PulseAsync(Token);
        await members[1].Fits.PulseAsync(Token);
        await started.Changed!.WaitAsync(Token);
        FitEvents progress = await members[1].Fits.EventsAfterAsync(id, started.Events[0].Sequence, Token);
        FitState state = Assert.Single(progress.Events).State;
        Assert.Equal((FitStage.Layout, 0.5, 7L), (state.Stage!.Value, state.StageProgress, state.DocumentCount));

        members[0].Fits.End(job, Succeeded, new FitReport());
        await members[1].Fits.PulseAsync(Token);
        await progress.Changed!.WaitAsync(Token);
        FitEvents end = await members[2].Fits.EventsAfterAsync(id, progress.Events[0].Sequence, Token);
        Assert.Null(end.Changed);
        Assert.True(Assert.Single(end.Events).State.HasEnded);
        Assert.Empty((await members[1].Fits.EventsAfterAsync(id, end.Events[0].Sequence, Token)).Events);
    }

    [Fact]
    public async Task EventsAfterAsync_JobMovesToAnotherMember_WatchersFollow()
    {
        (JobMember first, JobMember second) = await StartTwoAsync();
        string id = first.Queue();
        FitJob job = first.Fits.TryBegin()!;
        FitEvents seen = await first.Fits.EventsAfterAsync(id, 0, Token);

        first.Fits.Interrupt(job);
        await seen.Changed!.WaitAsync(Token);
        FitEvents queued = await first.Fits.EventsAfterAsync(id, seen.Events[^1].Sequence, Token);
        FitJob moved = second.Fits.TryBegin()!;
        FitEvents running = await first.Fits.EventsAfterAsync(id, queued.Events[^1].Sequence, Token);

        Assert.Equal(FitStatus.Queued, queued.Events[^1].State.Status);
        Assert.Equal(FitStatus.Running, running.Events[^1].State.Status);
        Assert.Equal(1, moved.Attempts);
    }

    [Fact]
    public async Task TryBegin_AttemptsAreUsedUp_TheFitFails()
    {
        (JobMember first, JobMember second) = await StartTwoAsync(new FitOptions { MaxAttempts = 2 });
        string id = first.Queue();
        for (int attempt = 0; attempt < 2; attempt++)
        {
            first.Fits.Requeue(first.Fits.TryBegin()!, countsAttempt: true);
        }

        Assert.Null(second.Fits.TryBegin());

        FitState state = first.Fits.Get(id);
        Assert.Equal(FitStatus.Failed, state.Status);
        Assert.Contains("2", state.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryBegin_MemberHasTooLittleMemoryOrDrains_LeavesTheJobToOthers()
    {
        JobMember small = await StartAsync("small", new FitOptions { MaxMemory = 100 });
        JobMember large = await StartAsync("large", new FitOptions { MaxMemory = 1000 });
        JobMember draining = await StartAsync("draining", new FitOptions { MaxMemory = 1000 });
        await small.Members.SetDrainingAsync("draining", true, Token);
        await draining.Members.ReadAsync(Token);
        string id = small.Queue(memory: 500);

        Assert.Null(small.Fits.TryBegin());
        Assert.Null(draining.Fits.TryBegin());
        Assert.Equal(id, large.Fits.TryBegin()?.Id);
    }

    [Fact]
    public async Task PulseAsync_MemberDrains_ItsJobMovesWithoutAnAttempt()
    {
        (JobMember first, JobMember second) = await StartTwoAsync();
        string id = first.Queue();
        FitJob job = first.Fits.TryBegin()!;
        job.BeginRun();
        await second.Members.SetDrainingAsync("m0", true, Token);
        await first.Members.ReadAsync(Token);

        await first.Fits.PulseAsync(Token);
        Assert.True(job.Restarted.IsCancellationRequested);
        first.Fits.Requeue(job, countsAttempt: false);

        Assert.Null(first.Fits.TryBegin());
        FitJob moved = second.Fits.TryBegin()!;
        Assert.Equal((id, 1), (moved.Id, moved.Attempts));
    }

    [Fact]
    public async Task TryBegin_CallersWithSeveralFits_TakeTurnsAcrossMembers()
    {
        JobMember[] members = await StartAsync(3);
        members[0].Queue("a");
        string secondOfA = members[0].Queue("a");
        members[1].Queue("a");
        string ofB = members[2].Queue("b");

        FitJob first = members[0].Fits.TryBegin()!;
        FitJob second = members[1].Fits.TryBegin()!;
        members[0].Fits.End(first, Succeeded, new FitReport());
        members[1].Fits.End(second, Succeeded, new FitReport());

        Assert.Equal(("a", ofB), (first.Caller, second.Id));
        Assert.Equal(secondOfA, members[2].Fits.TryBegin()!.Id);
    }

    [Fact]
    public async Task RestartReaders_RunOnAnotherMember_CompletesWhenTheRunHasEnded()
    {
        (JobMember first, JobMember second) = await StartTwoAsync();
        first.Queue(corpus: "news");
        FitJob job = first.Fits.TryBegin()!;
        job.BeginRun();

        Task quiet = second.Fits.RestartReaders("news");
        await second.Fits.RestartReaders("other");
        while (!job.Restarted.IsCancellationRequested)
        {
            await first.Fits.PulseAsync(Token);
        }

        Assert.False(quiet.IsCompleted);
        first.Fits.Requeue(job, countsAttempt: false);
        await quiet.WaitAsync(Token);
        Assert.Equal(1, second.Fits.TryBegin()!.Attempts);
    }

    public void Dispose() => _members.ForEach(static member => member.Dispose());

    private static FitState Succeeded(FitState state) =>
        state with { Status = FitStatus.Succeeded, ModelVersion = "models/m/versions/1" };

    private static async Task PublishAsync(JobMember member, string fitId)
    {
        ModelTable table = new(member.Database, TimeProvider.System, member.Fits);
        long number = await table.AllotNumberAsync("m", Token);
        ModelVersion version = new()
        {
            Name = FormattableString.Invariant($"models/m/versions/{number}"),
            VersionNumber = number,
            Fit = "fits/" + fitId,
        };
        await table.AddAsync("m", version, new VersionContent(new FitReport(), Operation: null), ["stable"]);
    }

    private static IEnumerable<ModelRoute> Models(JobMember member) => new ModelTable(member.Database, TimeProvider.System)
        .ReadAll()
        .Where(static model => model.Versions.Count > 0 || model.Labels.Count > 0);

    private static bool TryQueue(JobMember member)
    {
        try
        {
            member.Queue();
            return true;
        }
        catch (ServiceException full) when (full.Code == Grpc.Core.StatusCode.ResourceExhausted)
        {
            return false;
        }
    }

    private async Task<(JobMember First, JobMember Second)> StartTwoAsync(FitOptions? options = null)
    {
        JobMember[] members = await StartAsync(2, options);
        return (members[0], members[1]);
    }

    private async Task<JobMember[]> StartAsync(int count, FitOptions? options = null)
    {
        var started = new JobMember[count];
        for (int index = 0; index < count; index++)
        {
            started[index] = await StartAsync(FormattableString.Invariant($"m{index}"), options);
        }

        return started;
    }

    private async Task<JobMember> StartAsync(string id, FitOptions? options)
    {
        JobMember member = await JobMember.StartAsync(_database.Value, id, options, Token);
        _members.Add(member);
        return member;
    }
}
