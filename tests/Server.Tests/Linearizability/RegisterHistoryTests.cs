namespace TopicGrpc.Server.Tests.Linearizability;

/// <summary>The checker accepts what a register can do and rejects what it cannot.</summary>
public sealed class RegisterHistoryTests
{
    [Fact]
    public void IsLinearizable_NoCall_IsTrue() => Assert.True(RegisterHistory.IsLinearizable(1, []));

    [Fact]
    public void IsLinearizable_CallsOneAfterAnother_FollowTheirOrder()
    {
        Assert.True(RegisterHistory.IsLinearizable(
            1, [RegisterCall.Read(0, 1, 1), RegisterCall.Write(2, 3, 2), RegisterCall.Read(4, 5, 2)]));
        Assert.False(RegisterHistory.IsLinearizable(
            1, [RegisterCall.Read(0, 1, 1), RegisterCall.Write(2, 3, 2), RegisterCall.Read(4, 5, 1)]));
    }

    [Fact]
    public void IsLinearizable_ReadsDuringAWrite_SeeEitherValueButNeverTheOldOneAfterTheNewOne()
    {
        var write = RegisterCall.Write(0, 10, 2);

        Assert.True(RegisterHistory.IsLinearizable(1, [write, RegisterCall.Read(1, 2, 1), RegisterCall.Read(3, 4, 2)]));
        Assert.False(RegisterHistory.IsLinearizable(1, [write, RegisterCall.Read(1, 2, 2), RegisterCall.Read(3, 4, 1)]));
    }

    [Fact]
    public void IsLinearizable_TwoCompareAndSetsOfOneValue_OnlyOneWins()
    {
        var first = RegisterCall.CompareAndSet(0, 10, 1, 2, hasSucceeded: true);

        Assert.True(RegisterHistory.IsLinearizable(1, [first, RegisterCall.CompareAndSet(0, 10, 1, 3, hasSucceeded: false)]));
        Assert.False(RegisterHistory.IsLinearizable(1, [first, RegisterCall.CompareAndSet(0, 10, 1, 3, hasSucceeded: true)]));
    }

    [Fact]
    public void IsLinearizable_CompareAndSetRejectedWithoutAReason_IsFalse() =>
        Assert.False(RegisterHistory.IsLinearizable(1, [RegisterCall.CompareAndSet(0, 1, 1, 2, hasSucceeded: false)]));

    [Fact]
    public void IsLinearizable_LostWrite_IsFalse()
    {
        RegisterCall[] calls =
        [
            RegisterCall.CompareAndSet(0, 5, 1, 2, hasSucceeded: true),
            RegisterCall.CompareAndSet(6, 9, 2, 3, hasSucceeded: true),
            RegisterCall.Read(10, 11, 2),
        ];

        Assert.False(RegisterHistory.IsLinearizable(1, calls));
    }

    [Fact]
    public void IsLinearizable_ValueThatComesBack_FindsTheOrderThatExplainsBothReads()
    {
        // 1 → 2 → 1: the read of 2 lies between two writes that overlap everything.
        RegisterCall[] calls =
        [
            RegisterCall.Write(0, 100, 2),
            RegisterCall.Write(0, 100, 1),
            RegisterCall.Read(10, 20, 2),
            RegisterCall.Read(30, 40, 1),
        ];

        Assert.True(RegisterHistory.IsLinearizable(1, calls));
        Assert.False(RegisterHistory.IsLinearizable(1, [.. calls, RegisterCall.Read(50, 60, 2)]));
    }

    [Fact]
    public void IsLinearizable_HistoriesOfASimulatedRegister_AreTrueAndBreakWithOneWrongAnswer()
    {
        Random random = new(7);
        for (int history = 0; history < 50; history++)
        {
            List<RegisterCall> calls = Simulate(random, 40);
            Assert.True(RegisterHistory.IsLinearizable(0, calls));

            // A value that no call ever wrote.
            calls[random.Next(calls.Count)] = RegisterCall.Read(0, long.MaxValue, -1);
            Assert.False(RegisterHistory.IsLinearizable(0, calls));
        }
    }

    /// <summary>Calls that take effect at random moments between their ends.</summary>
    private static List<RegisterCall> Simulate(Random random, int count)
    {
        List<(long At, long Invoked, long Returned)> times = [];
        for (int call = 0; call < count; call++)
        {
            long at = random.Next(1000);
            times.Add((at, at - random.Next(60), at + random.Next(60)));
        }

        long value = 0;
        List<RegisterCall> calls = [];
        foreach ((_, long invoked, long returned) in times.OrderBy(static time => time.At))
        {
            long expected = random.Next(4);
            long written = random.Next(4);
            RegisterCall call = random.Next(3) switch
            {
                0 => RegisterCall.Read(invoked, returned, value),
                1 => RegisterCall.Write(invoked, returned, written),
                _ => RegisterCall.CompareAndSet(invoked, returned, expected, written, expected == value),
            };
            value = call.Apply(value)!.Value;
            calls.Add(call);
        }

        return calls;
    }
}
