namespace TopicGrpc.Server.Verification;

/// <summary>What a verification read and found.</summary>
internal sealed record VerificationTotals
{
    /// <summary>Corpora that were read.</summary>
    public int Corpora { get; set; }

    /// <summary>Documents in them.</summary>
    public long Documents { get; set; }

    /// <summary>Versions whose files were read.</summary>
    public int Versions { get; set; }

    /// <summary>Bytes that were read.</summary>
    public long ReadBytes { get; set; }

    /// <summary>Problems that mean damaged or missing data.</summary>
    public int Errors { get; set; }

    /// <summary>Problems without a loss.</summary>
    public int Warnings { get; set; }
}
