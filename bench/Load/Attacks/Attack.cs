namespace TopicGrpc.Load.Attacks;

/// <summary>What a hostile client does, bounded in number and time.</summary>
/// <param name="Name">What the client does.</param>
internal abstract record Attack(string Name)
{
    /// <summary>Runs the attack until it is canceled.</summary>
    public abstract Task RunAsync(Uri address, CancellationToken cancellationToken);
}
