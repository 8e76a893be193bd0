using System.Numerics;

namespace TopicGrpc.Server.Tests.Linearizability;

/// <summary>
/// Checks that a register was linearizable: the calls have an order that keeps every pair of calls in order of which one had returned
/// before the other was sent, and in which each answer is right. Search of Wing and Gong (1993), with the memory of Lowe (2017) for
/// configurations that were tried.
/// </summary>
internal static class RegisterHistory
{
    /// <summary>Searches an order of the calls.</summary>
    /// <param name="initial">Value before all calls.</param>
    /// <param name="calls">The calls, in any order.</param>
    /// <returns>Whether there is one.</returns>
    public static bool IsLinearizable(long initial, IReadOnlyCollection<RegisterCall> calls)
    {
        RegisterCall[] sorted = [.. calls.OrderBy(static call => call.Invoked)];
        HashSet<(BigInteger Done, long Value)> tried = [];
        Stack<(BigInteger Done, long Value)> open = new([(BigInteger.Zero, initial)]);
        BigInteger all = (BigInteger.One << sorted.Length) - 1;
        while (open.TryPop(out (BigInteger Done, long Value) current))
        {
            current = (WithUnchanging(sorted, current.Done, current.Value), current.Value);
            if (current.Done == all)
            {
                return true;
            }

            if (!tried.Add(current))
            {
                continue;
            }

            foreach (int index in First(sorted, current.Done))
            {
                if (sorted[index].Apply(current.Value) is { } next)
                {
                    open.Push((current.Done | (BigInteger.One << index), next));
                }
            }
        }

        return false;
    }

    /// <summary>
    /// Orders all calls that may come first, are right now and change no value. An order with one of them later stays right if it comes
    /// first, so nothing else has to be tried.
    /// </summary>
    private static BigInteger WithUnchanging(RegisterCall[] sorted, BigInteger done, long value)
    {
        bool hasChanged = true;
        while (hasChanged)
        {
            hasChanged = false;
            foreach (int index in First(sorted, done))
            {
                if (sorted[index].IsUnchanging && sorted[index].Apply(value) is not null)
                {
                    done |= BigInteger.One << index;
                    hasChanged = true;
                }
            }
        }

        return done;
    }

    /// <summary>
    /// Returns the calls that may come first among those that are left: none of the others had returned before they were sent.
    /// </summary>
    private static List<int> First(RegisterCall[] sorted, BigInteger done)
    {
        List<int> first = [];
        long firstReturn = long.MaxValue;
        for (int index = 0; index < sorted.Length && sorted[index].Invoked <= firstReturn; index++)
        {
            if ((done & (BigInteger.One << index)).IsZero)
            {
                first.Add(index);
                firstReturn = Math.Min(firstReturn, sorted[index].Returned);
            }
        }

        return first;
    }
}
