namespace TopicGrpc.Load.Hosting;

/// <summary>A key of the role reader to create on a server.</summary>
/// <param name="CallsPerSecond">Quota; 0 for none.</param>
/// <param name="ModelPattern">Models that the key sees.</param>
internal sealed record KeyOrder(int CallsPerSecond = 0, string ModelPattern = "*");
