using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Cluster.Artifacts;

namespace TopicGrpc.Cluster.Tests.Artifacts;

/// <summary>What every ledger must do.</summary>
public abstract class LedgerContract
{
    private protected const string First = "11111111111111111111111111111111";
    private protected const string Second = "22222222222222222222222222222222";

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected FakeTimeProvider Clock { get; } = new();

    private protected abstract IObjectLedger Ledger { get; }

    private protected static LedgerEntry A { get; } = new(new string('a', 64), 10);

    private protected static LedgerEntry B { get; } = new(new string('b', 64), 20);

    [Fact]
    public async Task Reserve_NewContents_HaveKeysOfThePublication()
    {
        await Ledger.BeginAsync(First, Token);

        IReadOnlyList<Reservation> reserved = await Ledger.ReserveAsync(First, [A, B], Token);

        Assert.Equal(
            [new Reservation(A, ArtifactKeys.Of(A.Sha256, First), false), new Reservation(B, ArtifactKeys.Of(B.Sha256, First), false)],
            reserved);
        Assert.Equal(reserved, await Ledger.ReserveAsync(First, [A, B], Token));
    }

    [Fact]
    public async Task Reserve_ContentOfACommittedPublication_IsShared()
    {
        string key = await CommittedAsync(First, "owner-1", A);
        await Ledger.BeginAsync(Second, Token);

        Assert.Equal([new Reservation(A, key, true)], await Ledger.ReserveAsync(Second, [A], Token));
    }

    [Fact]
    public async Task Reserve_ContentOfAnOpenPublication_IsNotShared()
    {
        await Ledger.BeginAsync(First, Token);
        await Ledger.ReserveAsync(First, [A], Token);
        await Ledger.BeginAsync(Second, Token);

        Assert.Equal(
            [new Reservation(A, ArtifactKeys.Of(A.Sha256, Second), false)], await Ledger.ReserveAsync(Second, [A], Token));
    }

    [Fact]
    public async Task Reserve_ContentOfOtherLength_IsNotShared()
    {
        await CommittedAsync(First, "owner-1", A);
        await Ledger.BeginAsync(Second, Token);

        Reservation reservation = Assert.Single(await Ledger.ReserveAsync(Second, [A with { Length = 11 }], Token));

        Assert.False(reservation.IsStored);
    }

    [Fact]
    public async Task Reserve_PublicationThatWasNotBegunOrHasEnded_Throws()
    {
        await Assert.ThrowsAsync<PublicationEndedException>(() => Ledger.ReserveAsync(First, [A], Token));
        await Ledger.BeginAsync(First, Token);
        await Ledger.AbandonAsync(First, Token);
        await Ledger.BeginAsync(First, Token);
        await Assert.ThrowsAsync<PublicationEndedException>(() => Ledger.ReserveAsync(First, [A], Token));
        Assert.False(await Ledger.CommitAsync(First, "owner-2", Token));
        await CommittedAsync(Second, "owner-1", A);
        await Assert.ThrowsAsync<PublicationEndedException>(() => Ledger.ReserveAsync(Second, [A], Token));
    }

    [Fact]
    public async Task Commit_Repeated_StaysCommitted()
    {
        await CommittedAsync(First, "owner-1", A);

        Assert.True(await Ledger.CommitAsync(First, "owner-1", Token));
        Assert.False(await Ledger.CommitAsync(First, "owner-2", Token));
    }

    [Fact]
    public async Task Commit_SecondPublicationOfAnOwner_IsRejected()
    {
        await CommittedAsync(First, "owner-1", A);
        await Ledger.BeginAsync(Second, Token);
        await Ledger.ReserveAsync(Second, [B], Token);

        Assert.False(await Ledger.CommitAsync(Second, "owner-1", Token));
        await Ledger.ReleaseAsync("owner-1", TimeSpan.Zero, Token);
        Assert.False(await Ledger.CommitAsync(Second, "owner-1", Token));
        Assert.False(await Ledger.CommitAsync(First, "owner-1", Token));
        Assert.True(await Ledger.CommitAsync(Second, "owner-2", Token));
    }

    [Fact]
    public async Task Commit_AbandonedPublication_IsRejected()
    {
        await Ledger.BeginAsync(First, Token);
        await Ledger.ReserveAsync(First, [A], Token);
        Clock.Advance(Hour);
        Assert.Equal(1, await Ledger.AbandonOlderAsync(Hour, Token));

        Assert.False(await Ledger.CommitAsync(First, "owner-1", Token));
        Assert.Equal([ArtifactKeys.Of(A.Sha256, First)], await Ledger.CondemnAsync(10, Token));
    }

    [Fact]
    public async Task AbandonOlder_YoungOrCommittedPublications_Stay()
    {
        await CommittedAsync(First, "owner-1", A);
        Clock.Advance(Hour);
        await Ledger.BeginAsync(Second, Token);

        Assert.Equal(0, await Ledger.AbandonOlderAsync(Hour, Token));
        Assert.Single(await Ledger.ReserveAsync(Second, [A], Token));
    }

    [Fact]
    public async Task FindPending_Keys_ReturnsThoseOfOpenPublications()
    {
        string stored = await CommittedAsync(First, "owner-1", A);
        await Ledger.BeginAsync(Second, Token);
        string pending = Assert.Single(await Ledger.ReserveAsync(Second, [B], Token)).Key;
        string[] keys = [stored, pending, ArtifactKeys.Of(B.Sha256, First)];
        Assert.Equal([pending], await Ledger.FindPendingAsync(keys, Token));

        await Ledger.AbandonAsync(Second, Token);
        await Ledger.CondemnAsync(10, Token);

        Assert.Empty(await Ledger.FindPendingAsync(keys, Token));
    }

    [Fact]
    public async Task Condemn_ReferencedObjects_AreNotReturned()
    {
        await CommittedAsync(First, "owner-1", A);
        await Ledger.BeginAsync(Second, Token);
        await Ledger.ReserveAsync(Second, [B], Token);
        Clock.Advance(100 * Hour);

        Assert.Empty(await Ledger.CondemnAsync(10, Token));
    }

    [Fact]
    public async Task Condemn_ReleasedObject_WaitsForItsGraceTime()
    {
        string key = await CommittedAsync(First, "owner-1", A);
        await Ledger.ReleaseAsync("owner-1", Hour, Token);
        await Ledger.ReleaseAsync("owner-1", TimeSpan.Zero, Token);
        Clock.Advance(Hour - TimeSpan.FromSeconds(1));
        Assert.Empty(await Ledger.CondemnAsync(10, Token));

        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([key], await Ledger.CondemnAsync(10, Token));
        Assert.Equal([key], await Ledger.CondemnAsync(10, Token));
        await Ledger.ForgetAsync([key], Token);
        Assert.Empty(await Ledger.CondemnAsync(10, Token));
        Assert.Equal([key], await Ledger.FindUnknownAsync([key], Token));
    }

    [Fact]
    public async Task Release_SharedObject_StaysForTheOtherOwner()
    {
        string key = await CommittedAsync(First, "owner-1", A);
        Assert.Equal(key, await CommittedAsync(Second, "owner-2", A));

        await Ledger.ReleaseAsync("owner-1", TimeSpan.Zero, Token);
        Assert.Empty(await Ledger.CondemnAsync(10, Token));
        await Ledger.ReleaseAsync("owner-2", TimeSpan.Zero, Token);

        Assert.Equal([key], await Ledger.CondemnAsync(10, Token));
    }

    [Fact]
    public async Task Reserve_ReleasedObjectInItsGraceTime_IsSharedAndStays()
    {
        string key = await CommittedAsync(First, "owner-1", A);
        await Ledger.ReleaseAsync("owner-1", Hour, Token);
        await Ledger.BeginAsync(Second, Token);
        Assert.Equal(key, Assert.Single(await Ledger.ReserveAsync(Second, [A], Token)).Key);

        Clock.Advance(2 * Hour);

        Assert.Empty(await Ledger.CondemnAsync(10, Token));
    }

    [Fact]
    public async Task Reserve_CondemnedObject_HasANewKey()
    {
        string key = await CommittedAsync(First, "owner-1", A);
        await Ledger.ReleaseAsync("owner-1", TimeSpan.Zero, Token);
        await Ledger.CondemnAsync(10, Token);
        await Ledger.BeginAsync(Second, Token);

        Reservation reservation = Assert.Single(await Ledger.ReserveAsync(Second, [A], Token));

        Assert.Equal(new Reservation(A, ArtifactKeys.Of(A.Sha256, Second), false), reservation);
        await Ledger.ForgetAsync([key, reservation.Key], Token);
        Assert.Equal([key], await Ledger.FindUnknownAsync([key, reservation.Key], Token));
    }

    private protected async Task<string> CommittedAsync(string publication, string owner, LedgerEntry entry)
    {
        await Ledger.BeginAsync(publication, Token);
        string key = Assert.Single(await Ledger.ReserveAsync(publication, [entry], Token)).Key;
        Assert.True(await Ledger.CommitAsync(publication, owner, Token));
        return key;
    }
}
