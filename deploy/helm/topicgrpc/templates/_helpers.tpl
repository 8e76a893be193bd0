{{- define "topicgrpc.name" -}}
{{- printf "%s" .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{- define "topicgrpc.selector" -}}
app.kubernetes.io/name: topicgrpc
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "topicgrpc.labels" -}}
{{ include "topicgrpc.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{- define "topicgrpc.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "topicgrpc.probe" -}}
httpGet:
  {{- if .root.Values.tlsSecret }}
  port: grpc
  scheme: HTTPS
  {{- else }}
  port: http
  {{- end }}
  path: {{ .path }}
{{- end -}}

{{/* Environment variables of a member. POD_NAME and POD_IP come first: later values refer to them. */}}
{{- define "topicgrpc.member" -}}
- {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
- {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
- {name: Cluster__Member__Id, value: "$(POD_NAME)"}
- name: Cluster__Member__Address
  value: {{ printf "%s://$(POD_NAME).%s-members.%s:5400" (ternary "https" "http" (ne .Values.tlsSecret "")) (include "topicgrpc.name" .) .Release.Namespace }}
- {name: Cluster__Silo__Address, value: "$(POD_IP)"}
- {name: Cluster__Silo__Port, value: "5410"}
- {name: Cluster__Silo__Tls__CertificateFile, value: /silo-tls/tls.crt}
- {name: Cluster__Silo__Tls__KeyFile, value: /silo-tls/tls.key}
- {name: Cluster__Silo__Tls__ClientCaFile, value: /silo-tls/ca.crt}
- name: Cluster__Postgres__ConnectionString
  valueFrom:
    secretKeyRef:
      name: {{ required "cluster.postgresSecret: name the secret with the key connectionString" .Values.cluster.postgresSecret }}
      key: connectionString
{{- if not .Values.cluster.siloTlsSecret }}
{{- fail "cluster.siloTlsSecret: name the secret with tls.crt, tls.key and ca.crt" }}
{{- end }}
{{- with .Values.cluster.objectStore }}
- name: Cluster__ObjectStore__S3__Bucket
  value: {{ required "cluster.objectStore.bucket: name the bucket" .bucket | quote }}
- {name: Cluster__ObjectStore__S3__Region, value: {{ .region | quote }}}
{{- if .url }}
- {name: Cluster__ObjectStore__S3__Url, value: {{ .url | quote }}}
{{- end }}
{{- if .prefix }}
- {name: Cluster__ObjectStore__S3__Prefix, value: {{ .prefix | quote }}}
{{- end }}
{{- if .secret }}
- name: Cluster__ObjectStore__S3__AccessKeyId
  valueFrom: {secretKeyRef: {name: {{ .secret }}, key: accessKeyId}}
- name: Cluster__ObjectStore__S3__SecretAccessKey
  valueFrom: {secretKeyRef: {name: {{ .secret }}, key: secretAccessKey}}
{{- end }}
{{- end }}
{{- end -}}
