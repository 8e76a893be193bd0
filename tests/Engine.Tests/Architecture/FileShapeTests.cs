using Xunit;

namespace TopicGrpc.Engine.Tests.Architecture;

public sealed class FileShapeTests
{
    private const int MostLines = 400;

    private static readonly string[] Roots = ["src", "tests", "bench", "tools", "samples"];

    /// <summary>The only file with unsafe code: native memory has no safe span (ADR 0068).</summary>
    private static readonly string NativeMemory = Path.Combine("src", "Engine", "Numerics", "NativeValues.cs");

    [Fact]
    public void EverySource_Length_StaysUnderTheLimit()
    {
        IEnumerable<string> tooLong =
            from root in Roots
            where Directory.Exists(Path.Combine(RepositoryRoot.Path, root))
            from file in RepositoryRoot.Sources(root)
            let lines = File.ReadLines(file).Count()
            where lines > MostLines
            select $"{Path.GetRelativePath(RepositoryRoot.Path, file)}: {lines} lines";

        Assert.Empty(tooLong);
    }

    [Fact]
    public void EverySource_Name_IsNotACatchAll()
    {
        string[] endings = ["Utils.cs", "Helpers.cs", "Helper.cs", "Manager.cs", "Common.cs"];

        IEnumerable<string> wrong =
            from root in Roots
            where Directory.Exists(Path.Combine(RepositoryRoot.Path, root))
            from file in RepositoryRoot.Sources(root)
            where endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal))
            select Path.GetRelativePath(RepositoryRoot.Path, file);

        Assert.Empty(wrong);
    }

    [Fact]
    public void EngineAndOnnxSources_NeverUse_UnsafeCodeButForNativeMemory()
    {
        IEnumerable<string> wrong =
            from root in new[] { "src/Engine", "src/Onnx" }
            from file in RepositoryRoot.Sources(root)
            where Path.GetRelativePath(RepositoryRoot.Path, file) != NativeMemory
            from line in File.ReadLines(file)
            where line.Contains("unsafe ", StringComparison.Ordinal) || line.Contains("Unsafe.", StringComparison.Ordinal)
            where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(RepositoryRoot.Path, file)}: {line.Trim()}";

        Assert.Empty(wrong);
    }
}
