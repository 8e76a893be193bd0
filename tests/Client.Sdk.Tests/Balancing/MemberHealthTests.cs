using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Client.Balancing;

namespace TopicGrpc.Client.Sdk.Tests.Balancing;

public sealed class MemberHealthTests
{
    private static readonly MemberEndpoint One = new("one", 5400);
    private static readonly MemberEndpoint Two = new("two", 5400);

    private readonly FakeTimeProvider _time = new();
    private readonly MemberHealth _health;

    public MemberHealthTests() => _health = new MemberHealth(_time) { Known = [One, Two], Connected = [One, Two] };

    [Fact]
    public void Failed_OneServer_SuspendsItAlone()
    {
        _health.Failed(One);

        Assert.True(_health.IsSuspended(One));
        Assert.False(_health.IsSuspended(Two));
    }

    [Fact]
    public void DelayOf_ServersLeft_IsTheirs()
    {
        var asked = TimeSpan.FromMinutes(5);
        _health.Failed(One);

        Assert.Null(_health.DelayOf(asked));
        _health.Connected = [One];
        Assert.Equal(TimeSpan.FromMilliseconds(500), _health.DelayOf(asked));
        _health.Failed(Two);
        Assert.Equal(asked, _health.DelayOf(asked));
    }

    [Fact]
    public void Failed_Repeatedly_DoublesTheSuspensionUpToHalfAMinute()
    {
        int[] lengths = [.. Enumerable.Range(0, 7).Select(_ => LengthAfterFailure())];

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], lengths);
    }

    [Fact]
    public void Failed_CallsThatWereRunningTogether_CountOnce()
    {
        _health.Failed(One);
        _health.Failed(One);
        _health.Failed(One);

        Assert.Equal(1, Length());
    }

    [Fact]
    public void Selected_SuspensionIsOver_OneCallTriesTheServer()
    {
        _health.Failed(One);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_health.IsSuspended(One));

        _health.Selected(One);

        Assert.True(_health.IsSuspended(One));
        _health.Answered(One);
        Assert.False(_health.IsSuspended(One));
        Assert.Equal(1, LengthAfterFailure());
    }

    [Theory]
    [InlineData("http://[::1]:5400")]
    [InlineData("http://one:5400")]
    public void Of_AddressAndEndPoint_AreEqual(string address)
    {
        Uri parsed = new(address);

        Assert.Equal(MemberEndpoint.Of(parsed), MemberEndpoint.Of(new System.Net.DnsEndPoint(parsed.DnsSafeHost, parsed.Port)));
    }

    private int LengthAfterFailure()
    {
        _health.Selected(One);
        _health.Failed(One);
        return Length();
    }

    private int Length()
    {
        int seconds = 0;
        while (_health.IsSuspended(One))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            seconds++;
        }

        return seconds;
    }
}
