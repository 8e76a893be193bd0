using TopicGrpc.Engine.Numerics;
using Xunit;

namespace TopicGrpc.Engine.Tests.Numerics;

public sealed class WorkTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Meet_ManyRounds_NobodyRunsAhead(int members)
    {
        WorkTeam team = new(members);
        int[] rounds = new int[members];
        int ahead = 0;

        team.Run(member =>
        {
            for (int round = 1; round <= 500; round++)
            {
                Volatile.Write(ref rounds[member], round);
                Assert.True(team.Meet());
                foreach (ref int other in rounds.AsSpan())
                {
                    if (Volatile.Read(ref other) < round)
                    {
                        Interlocked.Increment(ref ahead);
                    }
                }

                Assert.True(team.Meet());
            }
        });

        Assert.Equal(0, ahead);
        Assert.All(rounds, round => Assert.Equal(500, round));
    }

    [Fact]
    public void Meet_OneIsLate_TheOthersSleepAndAreWoken()
    {
        WorkTeam team = new(3);
        using ManualResetEventSlim late = new();
        int arrived = 0;

        team.Run(member =>
        {
            if (member == 0)
            {
                // Longer than the spin phase of a member.
                late.Wait(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
            }

            Assert.True(team.Meet());
            Interlocked.Increment(ref arrived);
        });

        Assert.Equal(3, arrived);
    }

    [Fact]
    public void Run_OneFails_TheOthersLeaveAndTheCallerGetsTheFailure()
    {
        WorkTeam team = new(4);
        using ManualResetEventSlim late = new();
        int left = 0;

        Assert.Throws<InvalidOperationException>(() => team.Run(member =>
        {
            if (member == 3)
            {
                late.Wait(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
                throw new InvalidOperationException();
            }

            if (!team.Meet())
            {
                Interlocked.Increment(ref left);
            }
        }));

        Assert.Equal(3, left);
    }
}
