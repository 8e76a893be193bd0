namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Numbers as packed differences.</summary>
internal sealed class DeltaValues(DeltaNumbers numbers) : PageValues
{
    public override void Next(ref RawValue value) => value.Bits = numbers.Next();
}
