using TopicGrpc.Onnx.Assets;

namespace TopicGrpc.Onnx;

/// <summary>Where the encoder's files lie.</summary>
public static class EncoderDirectory
{
    /// <summary>Path of the default encoder, relative to the repository or to a published program.</summary>
    public static string RelativePath { get; } = Path.Combine("models", "all-MiniLM-L6-v2");

    /// <summary>Looks for <see cref="RelativePath"/> in the program's folder and every folder above it: beside a published program, or at the root of the repository.</summary>
    /// <returns>Full path of the folder.</returns>
    /// <exception cref="FileNotFoundException">None of the folders has it.</exception>
    public static string FindDefault() => FindFrom(AppContext.BaseDirectory);

    internal static string FindFrom(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, RelativePath);
            if (File.Exists(Path.Combine(candidate, EncoderManifest.FileName)))
            {
                return candidate;
            }
        }

        throw new FileNotFoundException(
            $"No encoder found: neither '{start}' nor a folder above it holds {Path.Combine(RelativePath, EncoderManifest.FileName)}. "
            + "Copy the folder models/all-MiniLM-L6-v2 of the repository beside the program, or name its place in the options.");
    }
}
