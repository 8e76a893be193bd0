using Xunit;

namespace TopicGrpc.Prose.Tests;

/// <summary><c>docs/architecture.md</c> describes every folder of the projects.</summary>
public sealed class ArchitecturePageTests
{
    [Theory]
    [InlineData("Engine")]
    [InlineData("Engine/Topics")]
    [InlineData("Server")]
    [InlineData("Client.Sdk")]
    [InlineData("Client.Testing")]
    [InlineData("Cli")]
    [InlineData("Explorer")]
    public void ArchitecturePage_EveryFolder_HasARow(string project)
    {
        ArgumentNullException.ThrowIfNull(project);
        string page = Checkout.Read("docs/architecture.md");
        string heading = $"### {project.Split('/')[0]}\n";
        int start = page.IndexOf(heading, StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/architecture.md has no section {heading.Trim()}");
        int end = page.IndexOf("\n##", start + heading.Length, StringComparison.Ordinal);
        string section = page[start..(end < 0 ? page.Length : end)];

        string[] missing =
        [
            .. from folder in Directory.EnumerateDirectories(Path.Combine(Checkout.Root, "src", project))
               let name = Path.GetFileName(folder)
               where name is not ("bin" or "obj") && Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any()
               where !section.Contains($"`{name}`", StringComparison.Ordinal)
               select $"src/{project}/{name}",
        ];

        Assert.True(missing.Length == 0, $"docs/architecture.md does not describe {string.Join(", ", missing)}");
    }
}
