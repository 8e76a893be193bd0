using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Cluster.Tests.Changes;

/// <summary>Three members serve the models of one database: labels, policies and deletions take effect at all of them.</summary>
public sealed class LabelsOfMembersTests(PostgresServer server) : IAsyncLifetime
{
    private const string Model = "news";
    private const int Racers = 32;
    private const int Moves = 30;

    private readonly string _connectionString = server.CreateDatabase();
    private readonly TestDataFolder _versions = new();
    private readonly List<RegistryMember> _members = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await StartAsync(_connectionString, _versions, _members);

    public ValueTask DisposeAsync()
    {
        _members.ForEach(static member => member.Dispose());
        _versions.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SetLabelAsync_WhileAllMembersAnswer_EveryMemberServesTheNewVersionWhenItReturns()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<int>[] clients = [.. Enumerable.Range(0, 3).Select(client => Task.Run(() => UseAsync(client, stop.Token), Token))];
        List<TimeSpan> durations = [];
        long seen = 0;

        for (int move = 0; move < Moves; move++)
        {
            long number = 2 - (move % 2);
            long start = Stopwatch.GetTimestamp();
            await _members[move % 3].Models.SetLabelAsync(Model, "stable", number, string.Empty, Token);
            durations.Add(Stopwatch.GetElapsedTime(start));
            foreach (RegistryMember member in _members)
            {
                (long answered, long generation, _) = await member.AnswerAsync(Model, seen: 0, Token);
                Assert.Equal(number, answered);
                Assert.True(generation > seen);
            }

            seen = _members.Min(static member => member.Models.Current.Generation);
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(clients), static answers => Assert.True(answers > 0));
        durations.Sort();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Label moves: median {durations[Moves / 2].TotalMilliseconds:F1} ms, longest {durations[^1].TotalMilliseconds:F1} ms."));
    }

    [Fact]
    public async Task SetLabelAsync_RacersAtAllMembersWithOneEtag_OneWins()
    {
        string etag = _members[0].Models.Current.Model(Model).Etag;
        ConcurrentBag<string> reasons = [];

        await Task.WhenAll(Enumerable.Range(0, Racers).Select(racer => Task.Run(
            async () =>
            {
                try
                {
                    await _members[racer % 3].Models.SetLabelAsync(Model, "stable", 2, etag, Token);
                    reasons.Add("moved");
                }
                catch (ServiceException failure)
                {
                    reasons.Add(failure.Reason);
                }
            },
            Token)));

        Assert.Single(reasons, "moved");

        // A racer that had to load the version first reports that the label has moved meanwhile.
        Assert.Equal(Racers - 1, reasons.Count(static reason => reason is "ETAG_MISMATCH" or "NOT_AVAILABLE"));
        Assert.All(_members, static member => Assert.Equal(2, member.Models.Current.Model(Model).Labels["stable"]));
    }

    [Fact]
    public async Task RollbackLabelAsync_AtAnotherMember_ReturnsToTheVersionBefore()
    {
        await _members[0].Models.SetLabelAsync(Model, "stable", 2, string.Empty, Token);

        (ModelRoute route, long number) = await _members[1].Models.RollbackLabelAsync(Model, "stable", string.Empty, Token);

        Assert.Equal((1, 1), (number, route.Labels["stable"]));
        Assert.Equal(1, (await _members[2].AnswerAsync(Model, seen: 0, Token)).Number);
    }

    [Fact]
    public async Task DeleteVersionAsync_VersionIsLabeledAtAnotherMember_IsRejected()
    {
        await _members[0].Models.SetLabelAsync(Model, "next", 2, string.Empty, Token);

        ServiceException failure = await Assert.ThrowsAsync<ServiceException>(
            () => _members[1].Models.DeleteVersionAsync(Model, 2, Token));

        Assert.Equal("IN_USE", failure.Reason);
    }

    [Fact]
    public async Task DeleteVersionAsync_VersionHasALeaseAtAnotherMember_TheCallEndsAndLaterOnesFindNothing()
    {
        VersionSelector second = new(Model, 2, Label: null);
        VersionLease lease = await _members[2].Models.AcquireAsync(second, Token);

        Assert.True(await _members[0].Models.DeleteVersionAsync(Model, 2, Token));

        Assert.NotEmpty(lease.Handle.Content.Topics);
        lease.Dispose();
        ServiceException failure = await Assert.ThrowsAsync<ServiceException>(
            async () => (await _members[2].Models.AcquireAsync(second, Token)).Dispose());
        Assert.Equal("VERSION_NOT_FOUND", failure.Reason);
    }

    [Fact]
    public async Task SetTrafficAsync_PolicyOfTwoVersions_IsTheSameAtAllMembers()
    {
        TrafficPolicy policy = new([new TrafficTarget(1, 4000), new TrafficTarget(2, 6000)], 0, 0, DateTimeOffset.UnixEpoch);

        await _members[0].Models.SetTrafficAsync(Model, policy, string.Empty, Token);

        Assert.All(_members, member => Assert.True(member.Models.Current.Model(Model).Traffic!.HasSameEffect(policy)));
        Assert.Single(_members.Select(static member => member.Models.Current.Model(Model).Etag).Distinct());
        await Assert.ThrowsAsync<ServiceException>(() => _members[1].Models.DeleteVersionAsync(Model, 2, Token));
    }

    [Fact]
    public async Task AcquireAsync_VersionOfAnotherMemberAMomentAgo_IsFound()
    {
        long number = (await _members[0].PublishAsync(Model, Token)).VersionNumber;

        using VersionLease lease = await _members[1].Models.AcquireAsync(new VersionSelector(Model, number, Label: null), Token);

        Assert.Equal(number, lease.Handle.Number);
    }

    [Fact]
    public async Task SetLabelAsync_PostgresIsAway_IsRejectedWithADelayWhileAllMembersAnswer()
    {
        using PostgresServer own = new();
        using TestDataFolder versions = new();
        List<RegistryMember> members = [];
        await StartAsync(own.CreateDatabase(), versions, members);
        long seen = members.Min(static member => member.Models.Current.Generation);
        own.Crash();

        Exception? failure = await Record.ExceptionAsync(
            () => members[0].Models.SetLabelAsync(Model, "stable", 2, string.Empty, Token));
        (long Number, long Before, long After)[] answers =
            await Task.WhenAll(members.Select(member => member.AnswerAsync(Model, seen, Token)));
        own.Start();

        Assert.NotNull(Assert.IsType<ServiceException>(failure).RetryAfter);
        Assert.All(answers, static answer => Assert.Equal(1, answer.Number));
        await members[1].Models.SetLabelAsync(Model, "stable", 2, string.Empty, Token);
        answers = await Task.WhenAll(members.Select(static member => member.AnswerAsync(Model, seen: 0, Token)));
        Assert.All(answers, static answer => Assert.Equal(2, answer.Number));
        members.ForEach(static member => member.Dispose());
    }

    /// <summary>Starts three members, and publishes two versions at two of them.</summary>
    private static async Task StartAsync(string connectionString, TestDataFolder versions, List<RegistryMember> members)
    {
        ModelStore store = new(versions.Data, NullLogger<ModelStore>.Instance);
        foreach (string id in (string[])["a", "b", "c"])
        {
            members.Add(await RegistryMember.StartAsync(connectionString, id, store, Token));
        }

        await members[0].PublishAsync(Model, Token, "stable");
        await members[1].PublishAsync(Model, Token);
    }

    /// <summary>Asks members at random. Two answers of one generation have the same version, and none is older than the last.</summary>
    /// <returns>Number of answers.</returns>
    private async Task<int> UseAsync(int client, CancellationToken stop)
    {
        Random random = new(client);
        (long Number, long Before, long After) last = default;
        int answers = 0;
        while (!stop.IsCancellationRequested)
        {
            (long Number, long Before, long After) next =
                await _members[random.Next(_members.Count)].AnswerAsync(Model, last.After, Token);
            Assert.True(next.Before >= last.After, $"Generation {next.Before} after {last.After}.");
            if (next.Before == next.After && next.After == last.Before)
            {
                Assert.Equal(last.Number, next.Number);
            }

            last = next;
            answers++;
        }

        return answers;
    }
}
