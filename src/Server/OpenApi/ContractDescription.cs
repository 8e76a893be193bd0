using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using TopicGrpc.V1;
using ProtoService = Google.Protobuf.Reflection.ServiceDescriptor;

namespace TopicGrpc.Server.OpenApi;

/// <summary>The descriptors of the contract with the comments of its files. The generated descriptors have no comments.</summary>
internal static class ContractDescription
{
    private const string Resource = "contract.pb";
    private const string Package = "topicgrpc.v1";
    private const StringSplitOptions Lines = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    /// <summary>Reads the descriptors of the contract's files.</summary>
    public static FileDescriptor[] ReadFiles()
    {
        using Stream stream = typeof(ContractDescription).Assembly.GetManifestResourceStream(Resource)!;
        var set = FileDescriptorSet.Parser.ParseFrom(stream);

        // Files with the options come parsed without a registry; each is parsed again with it.
        ExtensionRegistry extensions =
        [
            AnnotationsExtensions.Http,
            FieldBehaviorExtensions.FieldBehavior,
            ResourceExtensions.Resource,
            LimitsExtensions.Limits,
            AccessExtensions.RequiredRole,
        ];
        IReadOnlyList<FileDescriptor> files = FileDescriptor.BuildFromByteStrings(
            set.File.Select(static file => file.ToByteString()),
            extensions);
        return [.. files.Where(static file => file.Package == Package)];
    }

    /// <summary>Returns the comment above a declaration as Markdown: lines joined, paragraphs kept.</summary>
    public static string CommentOf(IDescriptor descriptor)
    {
        DescriptorDeclaration? declaration = descriptor switch
        {
            ProtoService service => service.Declaration,
            MethodDescriptor method => method.Declaration,
            MessageDescriptor message => message.Declaration,
            FieldDescriptor field => field.Declaration,
            EnumDescriptor type => type.Declaration,
            EnumValueDescriptor value => value.Declaration,
            _ => null,
        };
        string text = declaration?.LeadingComments ?? string.Empty;
        IEnumerable<string> paragraphs = text.Split("\n\n")
            .Select(static paragraph => string.Join(' ', paragraph.Split('\n', Lines)))
            .Where(static paragraph => paragraph.Length > 0);
        return string.Join("\n\n", paragraphs);
    }
}
