using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TopicGrpc.Docs.Tests;

/// <summary>
/// Compiles a C# block of a document as a file of a program. A block without <c>using</c> directives of TopicGrpc sees all public
/// namespaces of the client packages; a block with such directives must be complete and sees only those. Names that a document uses
/// without declaring them are members of <c>Given</c>.
/// </summary>
internal static class Snippet
{
    private const string RootNamespace = "TopicGrpc.";

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly string ClientUsings = string.Concat(
        new[] { typeof(Client.TopicGrpcClient), typeof(Client.Testing.FakeTopicGrpc) }
            .SelectMany(static type => type.Assembly.GetExportedTypes())
            .Select(static type => type.Namespace!)
            .Where(static name => name.StartsWith(RootNamespace, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Select(static name => $"global using {name};\n"));

    /// <summary>Returns the errors and warnings of the compiler, each with file and line; empty for a block that compiles.</summary>
    public static IReadOnlyList<string> Compile(CodeBlock block)
    {
        string located = string.Create(CultureInfo.InvariantCulture, $"#line {block.Line} \"{block.File}\"\n{block.Text}");
        CompilationUnitSyntax unit = CSharpSyntaxTree.ParseText(located, Parsing).GetCompilationUnitRoot();
        bool isComplete = unit.Usings.Any(static directive =>
            directive.Name?.ToString().StartsWith(RootNamespace, StringComparison.Ordinal) == true);
        bool isProgram = unit.Members.OfType<GlobalStatementSyntax>().Any();
        string[] sources = [SnippetSource.ImplicitUsings, isComplete ? "" : ClientUsings, SnippetSource.Given];
        var compilation = CSharpCompilation.Create(
            "Snippet",
            [unit.SyntaxTree, .. sources.Select(static source => CSharpSyntaxTree.ParseText(source, Parsing))],
            References,
            new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary)
                .WithNullableContextOptions(NullableContextOptions.Enable));
        return
        [
            .. compilation.GetDiagnostics()
                .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                .Select(static diagnostic => diagnostic.ToString()),
        ];
    }
}
