import type { Operation } from '@gatehouse/sdk/contract';

/**
 * Verbs of tool names in other languages than English: infinitives and imperatives, without accents (as names are mostly
 * written, and as they are compared). A word that is also an English noun or verb of another meaning is left out.
 */
const LATIN: Record<'read' | 'write' | 'delete' | 'execute' | 'administer', string> = {
  read: `obtener obten listar lista leer consultar consulta buscar busca mostrar muestra ver contar recuperar verificar
    obtenir lister lire consulter chercher rechercher afficher montrer compter recuperer verifier trouver
    holen hole abrufen auflisten liste lesen lese suchen suche anzeigen zeige zaehlen finden pruefen prufen
    obter ler procurar exibir encontrar
    ottenere ottieni elencare elenca leggere leggi cercare cerca mostrare mostra visualizzare contare trovare verificare
    ophalen lijst lezen zoeken toon tonen`,
  write: `crear crea anadir agregar actualizar actualiza modificar modifica editar enviar envia guardar insertar cambiar subir
    copiar mover pagar reembolsar cerrar abrir asignar publicar escribir
    creer ajouter modifier mettre envoyer enregistrer inserer changer copier deplacer payer rembourser fermer ouvrir publier
    ecrire televerser attribuer editer
    erstellen erstelle anlegen hinzufuegen hinzufugen aktualisieren aendern andern bearbeiten senden sende schicken speichern
    einfuegen einfugen kopieren verschieben bezahlen zahlen zahle erstatten schliessen oeffnen offnen zuweisen schreiben hochladen
    criar cria adicionar atualizar atualiza alterar salvar inserir mudar reembolsar fechar atribuir gravar escrever
    creare aggiungere aggiungi aggiornare aggiorna modificare inviare invia salvare inserire cambiare copiare spostare pagare
    rimborsare chiudere aprire assegnare pubblicare scrivere caricare
    aanmaken maken toevoegen bijwerken wijzigen versturen opslaan kopieren verplaatsen betalen`,
  delete: `eliminar elimina borrar borra quitar suprimir destruir vaciar purgar
    supprimer supprime effacer efface retirer detruire vider purger enlever
    loeschen loschen loesche losche entfernen entferne leeren vernichten zerstoeren zerstoren
    excluir exclui apagar apaga remover remova deletar limpar
    eliminare cancellare cancella rimuovere rimuovi distruggere svuotare
    verwijderen verwijder wissen wis`,
  execute: `ejecutar ejecuta iniciar detener desplegar reiniciar lanzar
    executer lancer demarrer arreter deployer redemarrer
    ausfuehren ausfuhren starten stoppen bereitstellen neustarten
    executar iniciar parar implantar
    eseguire esegui avviare fermare distribuire riavviare
    uitvoeren`,
  administer: `autorizar otorgar revocar aprobar bloquear desbloquear
    autoriser accorder revoquer approuver bloquer debloquer
    genehmigen gewaehren gewahren widerrufen sperren entsperren
    conceder revogar aprovar
    autorizzare concedere revocare approvare bloccare sbloccare
    goedkeuren intrekken`,
};

/** Verbs in Chinese (both scripts), Japanese and Korean. These languages write no spaces: they are looked for inside a word. */
const EAST_ASIAN: Record<keyof typeof LATIN, string> = {
  read: '查询 查詢 查看 获取 獲取 取得 列出 列表 搜索 搜尋 读取 讀取 查找 検索 一覧 参照 表示 読む 読み取り 確認 조회 목록 검색 가져오기 읽기',
  write: `创建 創建 新建 建立 添加 新增 更新 修改 编辑 編輯 发送 發送 保存 插入 上传 上傳 提交 支付 退款 写入 作成 追加 変更 編集
    送信 登録 投稿 返金 保存 생성 추가 수정 변경 업데이트 전송 저장 등록 결제 환불`,
  delete: '删除 刪除 移除 清空 清除 销毁 銷毀 抹除 削除 消去 破棄 除去 초기화 삭제 제거',
  execute: '执行 執行 运行 運行 启动 啟動 停止 重启 部署 実行 起動 再起動 デプロイ 실행 시작 중지 배포',
  administer: '授权 授權 撤销 批准 禁用 启用 锁定 承認 却下 許可 無効化 有効化 승인 권한 차단',
};

type ForeignOperation = keyof typeof LATIN;
const ORDER: readonly ForeignOperation[] = ['read', 'write', 'execute', 'administer', 'delete'];
const split = (list: string): string[] => list.split(/\s+/).filter(Boolean);
const WORDS: ReadonlyMap<string, Operation> = new Map(
  ORDER.flatMap((operation) => split(LATIN[operation]).map((word): [string, Operation] => [word, operation])),
);
const PARTS = [...ORDER]
  .reverse()
  .flatMap((operation) => split(EAST_ASIAN[operation]).map((part) => ({ part, operation })));
const EAST_ASIAN_LETTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const MAX_WORD = 200;

/** What a word means as a verb of another language; the strictest where it holds several. */
export function foreignVerb(word: string): Operation | undefined {
  if (word.length > MAX_WORD) return undefined;
  const known = WORDS.get(word);
  if (known !== undefined || /^[\x20-\x7e]*$/.test(word)) return known;
  if (EAST_ASIAN_LETTER.test(word)) return PARTS.find(({ part }) => word.includes(part))?.operation;
  return WORDS.get(word.normalize('NFD').replace(/\p{M}/gu, ''));
}
