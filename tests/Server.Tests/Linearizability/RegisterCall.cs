namespace TopicGrpc.Server.Tests.Linearizability;

/// <summary>A call of a client to a register that is read, written and compared-and-set.</summary>
/// <param name="Invoked">When the client sent the call.</param>
/// <param name="Returned">When the client had the answer.</param>
/// <param name="Expected">Value that the call requires; null: any.</param>
/// <param name="Written">Value that the call writes; null: it writes none.</param>
/// <param name="HasSucceeded">Whether the register had the value; the server rejects a compare-and-set otherwise.</param>
internal sealed record RegisterCall(long Invoked, long Returned, long? Expected, long? Written, bool HasSucceeded)
{
    public static RegisterCall Read(long invoked, long returned, long value) => new(invoked, returned, value, null, HasSucceeded: true);

    public static RegisterCall Write(long invoked, long returned, long value) => new(invoked, returned, null, value, HasSucceeded: true);

    public static RegisterCall CompareAndSet(long invoked, long returned, long expected, long value, bool hasSucceeded) =>
        new(invoked, returned, expected, value, hasSucceeded);

    /// <summary>Whether the call changes no value: a read, or a compare-and-set that was rejected.</summary>
    public bool IsUnchanging => Written is null || !HasSucceeded;

    /// <summary>Returns the value after the call if the register has a value before it.</summary>
    /// <returns>Null if the register would have answered otherwise.</returns>
    public long? Apply(long value)
    {
        bool matches = Expected is null || Expected == value;
        return matches != HasSucceeded ? null : HasSucceeded ? Written ?? value : value;
    }
}
