using System.Globalization;

[assembly: AssemblyFixture(typeof(TopicGrpc.Server.Tests.Faults.FaultTally))]

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>Counts the injected faults of a test run and prints the total at its end. A violated promise fails its test.</summary>
public sealed class FaultTally : IDisposable
{
    private static int _faults;

    /// <summary>Adds the faults of a test.</summary>
    public static void Add(int faults)
    {
        Interlocked.Add(ref _faults, faults);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"faults injected {faults}, violations 0"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_faults > 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"faults injected {_faults} in all; a violation fails its test"));
        }
    }
}
