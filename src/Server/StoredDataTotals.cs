namespace TopicGrpc.Server;

/// <summary>What a verification read and found.</summary>
/// <param name="Corpora">Corpora that were read.</param>
/// <param name="Documents">Documents in them.</param>
/// <param name="Versions">Versions whose files were read.</param>
/// <param name="ReadBytes">Bytes that were read.</param>
/// <param name="Errors">Problems that mean damaged or missing data.</param>
/// <param name="Warnings">Problems without a loss.</param>
public sealed record StoredDataTotals(int Corpora, long Documents, int Versions, long ReadBytes, int Errors, int Warnings);
